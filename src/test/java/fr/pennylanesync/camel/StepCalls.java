package fr.pennylanesync.camel;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Writes down which steps were called, and lets a step fail, or do something, when it is called. */
final class StepCalls {

    /**
     * What befalls a step.
     *
     * @param times how often, from its first call on
     */
    private record Event(Runnable happens, AtomicInteger times) {}

    private final List<String> made = new CopyOnWriteArrayList<>();
    private final List<Exception> told = new CopyOnWriteArrayList<>();
    private final Map<String, Event> events = new ConcurrentHashMap<>();

    /** Forgets what happened, before the next test over the same routes. */
    void clear() {
        made.clear();
        told.clear();
        events.clear();
    }

    List<String> made() {
        return List.copyOf(made);
    }

    int count(String step) {
        return Collections.frequency(made, step);
    }

    /** What the policies were told. */
    List<Exception> told() {
        return List.copyOf(told);
    }

    /** Lets a step fail each time. */
    void fail(String step, Throwable thrown) {
        fail(step, thrown, Integer.MAX_VALUE);
    }

    /** Lets the first calls of a step fail. */
    void fail(String step, Throwable thrown, int times) {
        on(step, times, () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw thrown instanceof RuntimeException known ? known : new RuntimeCamelException(thrown);
        });
    }

    /** Lets something happen at the first call of a step. */
    void once(String step, Runnable happens) {
        on(step, 1, happens);
    }

    private void on(String step, int times, Runnable happens) {
        events.put(step, new Event(happens, new AtomicInteger(times)));
    }

    void call(String step) {
        made.add(step);
        Event event = events.get(step);
        if (event != null && event.times().getAndDecrement() > 0) {
            event.happens().run();
        }
    }

    /** A policy tells a failure. */
    void tell(Exchange exchange) {
        made.add("failed");
        told.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    /** Transactions that are only written down. */
    AbstractPlatformTransactionManager transactions() {
        return new AbstractPlatformTransactionManager() {
            @Override
            protected Object doGetTransaction() {
                return new Object();
            }

            @Override
            protected void doBegin(Object transaction, TransactionDefinition definition) {
                call("begin");
            }

            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                call("commit");
            }

            @Override
            protected void doRollback(DefaultTransactionStatus status) {
                call("rollback");
            }
        };
    }

    @Override
    public String toString() {
        return made.stream().collect(Collectors.joining(", "));
    }
}
