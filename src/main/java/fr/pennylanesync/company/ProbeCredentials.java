package fr.pennylanesync.company;

import fr.pennylanesync.api.Credentials;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.settings.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Tokens whose company is not known yet, each under a number below zero, which no company has. */
final class ProbeCredentials implements Credentials {

    private record ProbedToken(Secret token, OptionalLong companyId) {}

    private final Map<Long, ProbedToken> probes = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    long begin(Secret token, OptionalLong companyId) {
        long number = last.decrementAndGet();
        probes.put(number, new ProbedToken(token, companyId));
        return number;
    }

    void end(long number) {
        probes.remove(number);
    }

    /** The company in whose budget a probe counts; its own number when there is none. */
    long budgetOf(long number) {
        ProbedToken probe = probes.get(number);
        return probe == null ? number : probe.companyId().orElse(number);
    }

    @Override
    public Secret token(long number) {
        ProbedToken probe = probes.get(number);
        if (probe == null) {
            throw FailureFacts.at("/me").failure(CompanyErrorCode.COMPANY_NOT_ACTIVE);
        }
        return probe.token();
    }

    /** A token under test stands for itself. */
    @Override
    public Optional<Secret> afterRefusal(long number, Secret refused) {
        return Optional.empty();
    }

    @Override
    public void exhausted(long number, Secret refused) {}

    @Override
    public void accepted(long number, Secret token) {}
}
