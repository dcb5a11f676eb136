package fr.pennylanesync.logging;

import ch.qos.logback.core.rolling.RollingFileAppender;
import fr.pennylanesync.disk.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Appends to a log file that its owner alone may read, the first one as those that follow it. A link, a pipe or a
 * device in its place is the operator's choice and stays as it is.
 */
public final class OwnersLogFile<E> extends RollingFileAppender<E> {

    @Override
    public void openFile(String name) throws IOException {
        Path file = Path.of(name).toAbsolutePath();
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS) || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            OwnerOnly.directory(file.getParent());
            OwnerOnly.open(file).close();
        }
        super.openFile(name);
    }
}
