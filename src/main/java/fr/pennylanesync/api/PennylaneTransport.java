package fr.pennylanesync.api;

import fr.pennylanesync.api.budget.Permit;
import fr.pennylanesync.api.budget.RateBudget;
import fr.pennylanesync.api.budget.RateHeaders;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.TransportFailures;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * The only component that knows how a request becomes one of a company: it takes the company's budget, adds the
 * company's token, and sends to the base URL or nowhere. A route names the company with {@link SyncHeaders}; it never
 * sees a token.
 *
 * <p>Every failure leaves as a {@link SyncException}. Error statuses are answers, not failures: they are returned.
 */
public final class PennylaneTransport implements ExecChainHandler, AutoCloseable {

    private final ApiBase base;
    private final Credentials credentials;
    private final LongFunction<RateBudget> budgets;
    private final HttpSettings settings;
    private final RequestMeter meter;
    private final LongConsumer gate;
    private final TotalTimeLimit totalTime;

    public PennylaneTransport(
            ApiBase base,
            Credentials credentials,
            LongFunction<RateBudget> budgets,
            HttpSettings settings,
            RequestMeter meter) {
        this(base, credentials, budgets, settings, meter, companyId -> {});
    }

    /** @param gate throws where a request for this company must not leave now; asked before the budget and after it */
    public PennylaneTransport(
            ApiBase base,
            Credentials credentials,
            LongFunction<RateBudget> budgets,
            HttpSettings settings,
            RequestMeter meter,
            LongConsumer gate) {
        this.gate = gate;
        this.base = base;
        this.credentials = credentials;
        this.budgets = budgets;
        this.settings = settings;
        this.meter = meter;
        this.totalTime = new TotalTimeLimit(settings.totalTime());
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain) {
        String path = base.pathOf(request, scope.route);
        requireReadOnly(request, path);
        requireNoAuthorization(request, path);
        PendingCall call = new PendingCall(request, scope, chain, RequestOrigin.of(request, path), path);
        long companyId = call.origin().companyId();

        Secret token = credentials.token(companyId);
        ClassicHttpResponse answer = send(call, token);
        if (answer.getCode() != HttpStatus.SC_UNAUTHORIZED) {
            return answer;
        }
        Optional<Secret> other = repeatable(request) ? credentials.afterRefusal(companyId, token) : Optional.empty();
        if (other.isEmpty()) {
            credentials.exhausted(companyId, token);
            return answer;
        }
        abandon(answer, path);
        return sendLast(call, other.get());
    }

    /** Stops the timer; requests under way keep their other limits. */
    @Override
    public void close() {
        totalTime.close();
    }

    private record PendingCall(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, RequestOrigin origin, String path) {}

    private ClassicHttpResponse sendLast(PendingCall call, Secret token) {
        ClassicHttpResponse answer = send(call, token);
        if (answer.getCode() == HttpStatus.SC_UNAUTHORIZED) {
            credentials.exhausted(call.origin().companyId(), token);
        }
        return answer;
    }

    private ClassicHttpResponse send(PendingCall call, Secret token) {
        long companyId = call.origin().companyId();
        gate.accept(companyId);
        try (Permit permit = budgets.apply(companyId).acquire(call.origin().priority(), settings.longestBudgetWait())) {
            gate.accept(companyId);
            ClassicHttpResponse answer = exchange(call, token);
            permit.answered(answer.getCode(), RateHeaders.read(name -> headerValue(answer, name)));
            RateHeaders.httpDate(headerValue(answer, HttpHeaders.DATE)).ifPresent(meter::dated);
            meter.answered(companyId, answer.getCode());
            if (answer.getCode() >= 200 && answer.getCode() < 300) {
                credentials.accepted(companyId, token);
            }
            return answer;
        }
    }

    private ClassicHttpResponse exchange(PendingCall call, Secret token) {
        TotalTimeLimit.Watch watch = totalTime.watch(call.scope().execRuntime);
        try {
            ClassicHttpResponse answer = call.chain().proceed(withToken(call.request(), token), call.scope());
            watchBody(answer, watch, call.path());
            return answer;
        } catch (IOException broken) {
            watch.finish();
            throw failed(call, watch.failure(broken, call.path()));
        } catch (HttpException notHttp) {
            watch.finish();
            throw failed(call, FailureFacts.at(call.path()).failure(ApiErrorCode.IO_FAILED));
        } catch (RuntimeException unexpected) {
            watch.finish();
            throw unexpected;
        }
    }

    private SyncException failed(PendingCall call, SyncException failure) {
        meter.failed(call.origin().companyId(), failure.code());
        return failure;
    }

    private static void watchBody(ClassicHttpResponse answer, TotalTimeLimit.Watch watch, String path) {
        HttpEntity body = answer.getEntity();
        if (body == null) {
            watch.finish();
            return;
        }
        watch.answered();
        answer.setEntity(new WatchedEntity(body, watch, path));
    }

    // Closed unread: the connection goes with it, whatever the server still meant to send.
    private static void abandon(ClassicHttpResponse answer, String path) {
        try {
            answer.close();
        } catch (IOException broken) {
            throw TransportFailures.of(broken, path);
        } finally {
            if (answer.getEntity() instanceof WatchedEntity body) {
                body.unwatch();
            }
        }
    }

    // A copy: the caller's own request never holds the token.
    private static ClassicHttpRequest withToken(ClassicHttpRequest request, Secret token) {
        ClassicHttpRequest copy = ClassicRequestBuilder.copy(request).build();
        copy.removeHeaders(SyncHeaders.COMPANY);
        copy.removeHeaders(SyncHeaders.PRIORITY);
        copy.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.reveal());
        return copy;
    }

    private static void requireReadOnly(ClassicHttpRequest request, String path) {
        boolean export = request.getMethod().equals("POST") && path.startsWith("/exports/");
        if (!request.getMethod().equals("GET") && !export) {
            throw FailureFacts.at(path).failure(ApiErrorCode.WRITE_REFUSED);
        }
    }

    private static void requireNoAuthorization(ClassicHttpRequest request, String path) {
        if (request.containsHeader(HttpHeaders.AUTHORIZATION)) {
            throw FailureFacts.at(path).failure(ApiErrorCode.AUTHORIZATION_PRESENT);
        }
    }

    private static boolean repeatable(ClassicHttpRequest request) {
        return request.getEntity() == null || request.getEntity().isRepeatable();
    }

    private static String headerValue(ClassicHttpResponse answer, String name) {
        Header header = answer.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
