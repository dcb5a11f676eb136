package fr.pennylanesync.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.sql.SQLException;

/**
 * A stack trace without other people's messages: a driver, a parser or an HTTP client quotes the value that it choked
 * on. Our own exceptions carry codes and ids, so theirs stay, masked.
 */
final class SafeStackTrace {

    private static final int FRAMES_MAX = 40;
    private static final int DEPTH_MAX = 10;

    private final StringBuilder text = new StringBuilder();

    private SafeStackTrace() {}

    static String of(IThrowableProxy throwable) {
        SafeStackTrace trace = new SafeStackTrace();
        trace.append("", throwable, 0);
        return trace.text.toString();
    }

    private void append(String caption, IThrowableProxy throwable, int depth) {
        if (depth >= DEPTH_MAX) {
            text.append("(more causes)\n");
            return;
        }
        text.append(caption).append(describe(throwable)).append('\n');
        StackTraceElementProxy[] frames = throwable.getStackTraceElementProxyArray();
        int own = Math.max(0, frames.length - throwable.getCommonFrames());
        for (int index = 0; index < Math.min(own, FRAMES_MAX); index++) {
            text.append('\t').append(frames[index].getSTEAsString()).append('\n');
        }
        if (own > FRAMES_MAX) {
            text.append("\t… ").append(own - FRAMES_MAX).append(" more\n");
        }
        for (IThrowableProxy suppressed : throwable.getSuppressed()) {
            append("Suppressed: ", suppressed, depth + 1);
        }
        if (throwable.getCause() != null) {
            append("Caused by: ", throwable.getCause(), depth + 1);
        }
    }

    private static String describe(IThrowableProxy throwable) {
        String name = throwable.getClassName();
        if (OwnCode.is(name) && throwable.getMessage() != null) {
            return name + ": " + SensitiveText.mask(throwable.getMessage());
        }
        if (throwable instanceof ThrowableProxy proxy && proxy.getThrowable() instanceof SQLException sql) {
            return name + " [SQLSTATE " + sql.getSQLState() + "]";
        }
        return name;
    }
}
