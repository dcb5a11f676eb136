package fr.pennylanesync.company;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.TokenFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks {@code /me} for several token files at once: hundreds of companies start in seconds. */
final class TokenIdentifier {

    private static final int AT_ONCE = 8;

    /** The token of a file that was asked about last, and the answer. */
    record IdentifiedToken(TokenFile.Usable file, Secret token, Identification identification) {}

    /** A file, and the company that its alias is pinned to. */
    record Question(TokenFile.Usable file, OptionalLong companyId) {}

    private final MeClient meClient;

    TokenIdentifier(MeClient meClient) {
        this.meClient = meClient;
    }

    Map<String, IdentifiedToken> identify(List<Question> questions) {
        if (questions.isEmpty()) {
            return Map.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, questions.size()));
        try {
            List<Future<IdentifiedToken>> answers = new ArrayList<>();
            questions.forEach(question -> answers.add(threads.submit(() -> identify(question))));
            return collect(answers);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asks about a token in use. */
    IdentifiedToken identifyAgain(TokenFile.Usable file, Secret current, long companyId) {
        return new IdentifiedToken(file, current, meClient.identify(current, OptionalLong.of(companyId)));
    }

    /**
     * Asks whose token it is. Where the current token is refused, a rotation may be half done: the next one is asked
     * too.
     */
    private IdentifiedToken identify(Question question) {
        TokenFile.Usable file = question.file();
        Identification first = meClient.identify(file.token(), question.companyId());
        boolean refused =
                first instanceof Identification.TokenNotAccepted answer && answer.code() == ApiErrorCode.TOKEN_REFUSED;
        if (!refused || file.next().isEmpty()) {
            return new IdentifiedToken(file, file.token(), first);
        }
        Secret next = file.next().get();
        return new IdentifiedToken(file, next, meClient.identify(next, question.companyId()));
    }

    private static Map<String, IdentifiedToken> collect(List<Future<IdentifiedToken>> answers) {
        Map<String, IdentifiedToken> byAlias = new LinkedHashMap<>();
        for (Future<IdentifiedToken> future : answers) {
            IdentifiedToken answer = get(future);
            byAlias.put(answer.file().alias(), answer);
        }
        return byAlias;
    }

    private static IdentifiedToken get(Future<IdentifiedToken> future) {
        try {
            return future.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw FailureFacts.at("/me").failure(ApiErrorCode.INTERRUPTED);
        } catch (ExecutionException defect) {
            FatalErrors.rethrow(defect);
            throw new IllegalStateException("asking /me never throws", defect.getCause());
        }
    }
}
