package fr.pennylanesync.camel;

import fr.pennylanesync.archive.s3.S3Failures;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.LandingFailures;
import fr.pennylanesync.share.ShareFailures;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Translates what Spring, a JDBC driver or the AWS SDK threw in a step into our own exception, before any policy sees
 * it: so policies catch one type. Camel finds it in the registry and puts it around every step, under the step's error
 * handler.
 */
final class ForeignFailures implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target,
            Processor nextTarget) {
        return new Translated(target);
    }

    private static final class Translated extends DelegateAsyncProcessor {

        Translated(Processor step) {
            super(step);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return getProcessor().process(exchange, doneSync -> {
                translate(exchange);
                callback.done(doneSync);
            });
        }
    }

    static void translate(Exchange exchange) {
        Exception thrown = exchange.getException();
        FatalErrors.report(thrown);
        if (thrown != null && !(thrown instanceof SyncException)) {
            known(thrown).ifPresent(exchange::setException);
        }
    }

    /** Looks at the causes too, the outermost first: Camel wraps what its expressions throw. */
    static Optional<SyncException> known(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SyncException failure) {
                return Optional.of(failure);
            }
            if (cause instanceof DataAccessException refused) {
                return Optional.of(LandingFailures.of(refused));
            }
            if (cause instanceof TransactionException broken) {
                return Optional.of(LandingFailures.of(broken));
            }
            if (cause instanceof SdkException failed) {
                return Optional.of(S3Failures.of(failed));
            }
            if (cause instanceof SQLException refused) {
                // Spring wraps what the warehouse throws: only the share's step throws such.
                return Optional.of(ShareFailures.of(refused, "reading rows of the share"));
            }
        }
        return Optional.empty();
    }
}
