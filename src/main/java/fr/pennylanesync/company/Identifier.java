package fr.pennylanesync.company;

import fr.pennylanesync.api.ApiErrorCode;
import fr.pennylanesync.api.FailureFacts;
import fr.pennylanesync.settings.Secret;
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
final class Identifier {

    private static final int AT_ONCE = 8;

    /** The token of a file that was asked about last, and the answer. */
    record Answer(TokenFile.Usable file, Secret token, Identification identification) {}

    /** A file, and the company that its alias is pinned to. */
    record Question(TokenFile.Usable file, OptionalLong companyId) {}

    private final CompanyIdentity identity;

    Identifier(CompanyIdentity identity) {
        this.identity = identity;
    }

    Map<String, Answer> identify(List<Question> questions) {
        if (questions.isEmpty()) {
            return Map.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, questions.size()));
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            questions.forEach(question -> answers.add(threads.submit(() -> identify(question))));
            return collect(answers);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asks about a token in use. */
    Answer identifyAgain(TokenFile.Usable file, Secret current, long companyId) {
        return new Answer(file, current, identity.identify(current, OptionalLong.of(companyId)));
    }

    /** Where the current token is refused, a rotation may be half done: the next one is asked too. */
    private Answer identify(Question question) {
        TokenFile.Usable file = question.file();
        Identification first = identity.identify(file.token(), question.companyId());
        boolean refused = first instanceof Identification.Refused answer && answer.code() == ApiErrorCode.TOKEN_REFUSED;
        if (!refused || file.next().isEmpty()) {
            return new Answer(file, file.token(), first);
        }
        Secret next = file.next().get();
        return new Answer(file, next, identity.identify(next, question.companyId()));
    }

    private static Map<String, Answer> collect(List<Future<Answer>> answers) {
        Map<String, Answer> byAlias = new LinkedHashMap<>();
        for (Future<Answer> future : answers) {
            Answer answer = get(future);
            byAlias.put(answer.file().alias(), answer);
        }
        return byAlias;
    }

    private static Answer get(Future<Answer> future) {
        try {
            return future.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw FailureFacts.at("/me").failure(ApiErrorCode.INTERRUPTED);
        } catch (ExecutionException defect) {
            throw new IllegalStateException("asking /me never throws", defect.getCause());
        }
    }
}
