package fr.pennylanesync.runtime;

import fr.pennylanesync.sandbox.share.SandboxShare;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Settings that let a {@link TestRun} read a sandbox's data sharing. */
final class ShareRun {

    private ShareRun() {}

    static Map<String, String> settings(SandboxShare share) {
        return settings(share, share.jdbcUrl());
    }

    /** @param url of either driver */
    static Map<String, String> settings(SandboxShare share, String url) {
        return new TreeMap<>(Map.of("share.jdbc-url", url, "share.username", share.login().username(), "share.password",
                share.login().password(), "retry.delay-ms", "5", "archive.directory", temporary("archive").toString()));
    }

    static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
