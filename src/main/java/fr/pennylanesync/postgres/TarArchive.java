package fr.pennylanesync.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks a {@code .tar.xz}: files, folders and relative links, each file flushed to disk. */
final class TarArchive {

    private static final int DECODER_MEMORY_LIMIT_KB = 256 * 1024;
    /** Is set whatever our umask is: the server may run under another account. */
    private static final int DIRECTORY_MODE = 0755;

    private TarArchive() {}

    static void unpack(InputStream compressed, Path target) throws IOException {
        Files.createDirectories(target);
        FileTrees.setMode(target, DIRECTORY_MODE);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                XZCompressorInputStream.builder().setInputStream(compressed)
                        .setMemoryLimitKiB(DECODER_MEMORY_LIMIT_KB).get())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, inside(target, entry.getName()));
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            FileTrees.setMode(path, DIRECTORY_MODE);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            inside(path.getParent(), entry.getLinkName());
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            tar.transferTo(Channels.newOutputStream(file));
            file.force(true);
        }
        FileTrees.setMode(path, entry.getMode());
    }

    private static Path inside(Path parent, String name) throws IOException {
        Path path = parent.resolve(name).normalize();
        if (!path.startsWith(parent)) {
            throw new IOException("archive entry outside of its folder: " + name);
        }
        return path;
    }
}
