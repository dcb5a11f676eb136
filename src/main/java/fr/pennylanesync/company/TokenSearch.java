package fr.pennylanesync.company;

import fr.pennylanesync.logging.CompanyEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.TokenDirectory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** After a 401: looks once for another token of the same company, in its files and in memory. */
final class TokenSearch {

    private static final EventLog LOG = EventLog.of(TokenSearch.class);

    private final TokenDirectory tokens;
    private final MeClient meClient;
    private final VerifiedTokens verifiedTokens;
    private final Map<Long, ReentrantLock> locks = new ConcurrentHashMap<>();

    TokenSearch(TokenDirectory tokens, MeClient meClient, VerifiedTokens verifiedTokens) {
        this.tokens = tokens;
        this.meClient = meClient;
        this.verifiedTokens = verifiedTokens;
    }

    /** One search at a time per company: a burst of refused requests shares its result. */
    Optional<Secret> other(long companyId, Secret refused) {
        ReentrantLock lock = locks.computeIfAbsent(companyId, id -> new ReentrantLock());
        lock.lock();
        try {
            Optional<VerifiedToken> verifiedToken = verifiedTokens.of(companyId);
            Optional<Secret> replaced =
                    verifiedToken.map(VerifiedToken::current).filter(current -> !current.equals(refused));
            return replaced.or(() -> verifiedToken.flatMap(known -> search(companyId, known, refused)));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Secret> search(long companyId, VerifiedToken verifiedToken, Secret refused) {
        for (Secret candidate : candidates(verifiedToken, refused)) {
            if (answersFor(companyId, verifiedToken, candidate)) {
                verifiedTokens.replace(companyId, refused, candidate);
                LOG.log(new CompanyEvent.TokenReplacedAfterRefusal(companyId));
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private List<Secret> candidates(VerifiedToken verifiedToken, Secret refused) {
        LinkedHashSet<Secret> candidates = new LinkedHashSet<>();
        tokens.scan().usable(verifiedToken.alias()).ifPresent(file -> {
            candidates.add(file.token());
            file.next().ifPresent(candidates::add);
        });
        verifiedToken.fallback().ifPresent(candidates::add);
        candidates.remove(refused);
        return new ArrayList<>(candidates);
    }

    private boolean answersFor(long companyId, VerifiedToken verifiedToken, Secret candidate) {
        if (verifiedToken.fallback().filter(candidate::equals).isPresent()) {
            return true;
        }
        return meClient.identify(candidate, OptionalLong.of(companyId)) instanceof Identification.Known known
                && known.companyId() == companyId;
    }
}
