package fr.pennylanesync.company;

import fr.pennylanesync.privacy.CompanyEvent;
import fr.pennylanesync.privacy.EventLog;
import fr.pennylanesync.settings.Secret;
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
    private final CompanyIdentity identity;
    private final Bearers bearers;
    private final Map<Long, ReentrantLock> locks = new ConcurrentHashMap<>();

    TokenSearch(TokenDirectory tokens, CompanyIdentity identity, Bearers bearers) {
        this.tokens = tokens;
        this.identity = identity;
        this.bearers = bearers;
    }

    /** One search at a time per company: a burst of refused requests shares its result. */
    Optional<Secret> other(long companyId, Secret refused) {
        ReentrantLock lock = locks.computeIfAbsent(companyId, id -> new ReentrantLock());
        lock.lock();
        try {
            Optional<Bearer> bearer = bearers.of(companyId);
            Optional<Secret> replaced = bearer.map(Bearer::current).filter(current -> !current.equals(refused));
            return replaced.or(() -> bearer.flatMap(known -> search(companyId, known, refused)));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Secret> search(long companyId, Bearer bearer, Secret refused) {
        for (Secret candidate : candidates(bearer, refused)) {
            if (answersFor(companyId, bearer, candidate)) {
                bearers.replace(companyId, refused, candidate);
                LOG.log(new CompanyEvent.TokenReplacedAfterRefusal(companyId));
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private List<Secret> candidates(Bearer bearer, Secret refused) {
        LinkedHashSet<Secret> candidates = new LinkedHashSet<>();
        tokens.scan().usable(bearer.alias()).ifPresent(file -> {
            candidates.add(file.token());
            file.next().ifPresent(candidates::add);
        });
        bearer.fallback().ifPresent(candidates::add);
        candidates.remove(refused);
        return new ArrayList<>(candidates);
    }

    private boolean answersFor(long companyId, Bearer bearer, Secret candidate) {
        if (bearer.fallback().filter(candidate::equals).isPresent()) {
            return true;
        }
        return identity.identify(candidate, OptionalLong.of(companyId)) instanceof Identification.Known known
                && known.companyId() == companyId;
    }
}
