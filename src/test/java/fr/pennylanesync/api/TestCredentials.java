package fr.pennylanesync.api;

import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.company.CompanyErrorCode;
import fr.pennylanesync.settings.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens in memory, with a record of what the transport told. */
final class TestCredentials implements Credentials {

    final Map<Long, Secret> current = new HashMap<>();
    final Map<Long, Secret> newer = new HashMap<>();
    final List<String> events = new ArrayList<>();

    @Override
    public synchronized Secret token(long companyId) {
        if (!current.containsKey(companyId)) {
            throw FailureFacts.at("company").failure(CompanyErrorCode.COMPANY_NOT_ACTIVE);
        }
        return current.get(companyId);
    }

    @Override
    public synchronized Optional<Secret> afterRefusal(long companyId, Secret refused) {
        events.add("refused " + companyId + " " + refused.reveal());
        return Optional.ofNullable(newer.remove(companyId));
    }

    @Override
    public synchronized void exhausted(long companyId, Secret refused) {
        events.add("exhausted " + companyId + " " + refused.reveal());
    }

    @Override
    public synchronized void accepted(long companyId, Secret token) {
        events.add("accepted " + companyId + " " + token.reveal());
    }
}
