package fr.pennylanesync.camel;

import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * Every policy begins with it: no retry, and not a word of Camel's own in the log, because it would print the message
 * of a driver or a server, which may quote a record. A policy names it as {@code redeliveryPolicyRef} of its error
 * handler; what its {@code onException} says, such as how often to retry, is laid over it.
 */
final class QuietRedelivery extends RedeliveryPolicy {

    private static final long serialVersionUID = 1L;

    QuietRedelivery() {
        setMaximumRedeliveries(0);
        setLogRetryAttempted(false);
        setLogExhausted(false);
        setLogExhaustedMessageHistory(false);
        setLogExhaustedMessageBody(false);
        setLogStackTrace(false);
        setLogRetryStackTrace(false);
        setLogHandled(false);
        setLogContinued(false);
        setLogNewException(false);
    }
}
