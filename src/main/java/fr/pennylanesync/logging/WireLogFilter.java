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
        return isHeard(logger, level) && !level.isGreaterOrEqual(Level.INFO) && isTalkative(logger.getName())
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    /** Nearly all of the many questions end here: a library asks several times per request whether it may log. */
    private static boolean isHeard(Logger logger, Level level) {
        return level.isGreaterOrEqual(logger.getEffectiveLevel());
    }

    private static boolean isTalkative(String name) {
        for (String talkative : TALKATIVE) {
            if (name.startsWith(talkative)) {
                return true;
            }
        }
        return false;
    }
}
