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
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
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
        return new Translated(target, isSplitForCaller(step));
    }

    /** Tells whether it splits in a route without an error handler, whose caller decides what becomes of a failure. */
    private static boolean isSplitForCaller(NamedNode step) {
        return step instanceof SplitDefinition split && ProcessorDefinitionHelper.getRoute(split)
                .getErrorHandlerFactory() instanceof NoErrorHandlerDefinition;
    }

    private static final class Translated extends DelegateAsyncProcessor {

        private final boolean splitForCaller;

        Translated(Processor step, boolean splitForCaller) {
            super(step);
            this.splitForCaller = splitForCaller;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return getProcessor().process(exchange, doneSync -> {
                translate(exchange);
                if (splitForCaller) {
                    leaveToCaller(exchange);
                }
                callback.done(doneSync);
            });
        }
    }

    /**
     * Lets the policy of the caller decide. A split marks its failure as one that was tried again as often as may be,
     * and every policy passes such a failure by; but within such a route nobody has tried.
     */
    private static void leaveToCaller(Exchange exchange) {
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
    }

    static void translate(Exchange exchange) {
        Exception thrown = exchange.getException();
        FatalErrors.report(thrown);
        if (thrown != null && !(thrown instanceof SyncException)) {
            known(thrown, Variables.snapshot(exchange) != null).ifPresent(exchange::setException);
        }
    }

    /**
     * Looks at the causes too, the outermost first: Camel wraps what its expressions throw.
     *
     * @param withinSnapshot whether the step read the data sharing; Camel's own steps throw the driver's exception, and
     * outside a snapshot it is that of a job's statement
     */
    static Optional<SyncException> known(Exception thrown, boolean withinSnapshot) {
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
                return Optional.of(withinSnapshot ? ShareFailures.of(refused, "reading rows of the share")
                        : LandingFailures.of(refused));
            }
        }
        return Optional.empty();
    }
}
