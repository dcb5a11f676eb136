package fr.pennylanesync.token;

import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads a file that only its owner can read.
 *
 * <p>Two rules, by the kind of directory. An ordinary one: the owner alone, mode 0600 or narrower. A Kubernetes secret
 * volume, where files belong to root and the runtime reads them through its group (fsGroup): the group may read too,
 * mode 0640 or narrower. Nobody else may, ever, and nobody may execute. Symbolic links are followed (a secret volume is
 * made of them); what counts is the file that they end at.
 *
 * <p>Root could read anybody's file, so for root its owner counts too. What is read is the file that was looked at: one
 * that was exchanged meanwhile is read again.
 */
final class PrivateFile {

    /** Far above any token; an OAuth file fits as well. */
    static final int LARGEST_BYTES = 16 * 1024;

    private static final String ROOT_USER = "root";
    private static final String OWNER_ID = "unix:uid";
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> OWNER_AND_GROUP_READING = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_READ);

    private static final int READINGS_OF_A_CHANGING_FILE = 3;
    private static final int ROOT = 0;

    private PrivateFile() {}

    /** The file's text. */
    static String read(Path file, boolean secretVolume) {
        return read(file, secretVolume, ROOT_USER.equals(System.getProperty("user.name")));
    }

    static String read(Path file, boolean secretVolume, boolean asRoot) {
        try {
            for (int reading = 0; reading < READINGS_OF_A_CHANGING_FILE; reading++) {
                Path real = file.toRealPath();
                Seen seen = Seen.of(real);
                requireModes(real, secretVolume ? OWNER_AND_GROUP_READING : OWNER);
                if (asRoot) {
                    requireOwner(seen.owner(), file.toAbsolutePath().getParent());
                }
                String text = text(real);
                if (Seen.of(real).equals(seen)) {
                    return text;
                }
            }
            throw new SyncException(TokenErrorCode.VANISHED);
        } catch (NoSuchFileException gone) {
            throw new SyncException(TokenErrorCode.VANISHED);
        } catch (CharacterCodingException notText) {
            throw new SyncException(TokenErrorCode.NOT_A_TOKEN);
        } catch (IOException denied) {
            throw new SyncException(TokenErrorCode.UNREADABLE);
        }
    }

    private static void requireModes(Path real, Set<PosixFilePermission> allowed) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(real, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new SyncException(TokenErrorCode.NOT_A_FILE);
        }
        if (!allowed.containsAll(attributes.permissions())) {
            throw new SyncException(TokenErrorCode.MODE_TOO_WIDE);
        }
    }

    /** Accepts the directory's owner, who may exchange its files anyway. */
    private static void requireOwner(Object owner, Path directory) throws IOException {
        if (!owner.equals(ROOT) && !owner.equals(Files.getAttribute(directory, OWNER_ID))) {
            throw new SyncException(TokenErrorCode.FOREIGN_OWNER);
        }
    }

    /** Holds what another file, or this one after a change, does not share. */
    private record Seen(Object device, Object inode, Object changed, Object owner) {

        static Seen of(Path real) throws IOException {
            Map<String, Object> attributes;
            try {
                attributes = Files.readAttributes(real, "unix:dev,ino,ctime,uid", LinkOption.NOFOLLOW_LINKS);
            } catch (UnsupportedOperationException noModes) {
                throw new SyncException(TokenErrorCode.MODE_UNKNOWN);
            }
            return new Seen(attributes.get("dev"), attributes.get("ino"), attributes.get("ctime"),
                    attributes.get("uid"));
        }
    }

    private static String text(Path real) throws IOException {
        try (InputStream in = Files.newInputStream(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new SyncException(TokenErrorCode.TOO_LARGE);
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }
}
