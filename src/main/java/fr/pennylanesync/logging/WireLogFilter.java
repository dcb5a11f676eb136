package fr.pennylanesync.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.slf4j.Marker;

/** Denies what would log requests, answers or SQL parameters, whatever level somebody sets while searching a fault. */
public final class WireLogFilter extends TurboFilter {

    private static final List<String> TALKATIVE = List.of("org.apache.hc.", "org.apache.http.",
            "software.amazon.awssdk.", "io.netty.", "io.vertx.", "org.postgresql.", "com.amazon.redshift.",
            "org.springframework.jdbc.");

    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] parameters,
            Throwable throwable) {
        boolean detailed = !level.isGreaterOrEqual(Level.INFO);
        return detailed && TALKATIVE.stream().anyMatch(logger.getName()::startsWith) ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
