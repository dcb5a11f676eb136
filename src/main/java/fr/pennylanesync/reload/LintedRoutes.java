package fr.pennylanesync.reload;

import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.lint.RouteLint;
import fr.pennylanesync.stream.FactsFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges route files by the rules of lint, and files of the same contents once: what lint finds follows from them and
 * from what is allowed. The build judges the routes that the program brings and leaves their fingerprint in it, as the
 * rules cost more than all else that a start does before its first request. Safe for threads.
 */
public final class LintedRoutes {

    private static final String RESOURCE = "linted-routes.sha256";
    /** Bounds what a process remembers of routes that are edited for months. */
    private static final int REMEMBERED_MOST = 100;
    private static final Set<Sha256> WITHOUT_FAULT = new HashSet<>();

    private LintedRoutes() {}

    /** Returns every finding: none of files without one that this process, or the build, has judged before. */
    static List<FactsFault> faults(RouteSnapshot files, AllowList allowed) {
        Sha256 judged = judged(files, allowed);
        if (isWithoutFault(judged)) {
            return List.of();
        }
        List<FactsFault> faults = files.show(directory -> RouteLint.check(directory, allowed));
        if (faults.isEmpty()) {
            remember(judged);
        }
        return faults;
    }

    private static Sha256 judged(RouteSnapshot files, AllowList allowed) {
        return Sha256.of(files.contentHash().bytes(), allowed.text().getBytes(StandardCharsets.UTF_8));
    }

    private static synchronized boolean isWithoutFault(Sha256 judged) {
        return WITHOUT_FAULT.contains(judged) || judged.toString().equals(Holder.BY_THE_BUILD);
    }

    private static synchronized void remember(Sha256 judged) {
        if (WITHOUT_FAULT.size() >= REMEMBERED_MOST) {
            WITHOUT_FAULT.clear();
        }
        WITHOUT_FAULT.add(judged);
    }

    /**
     * Leaves the fingerprint of the routes that a build brings in it, if lint finds nothing in them.
     *
     * @param classes the root of what is compiled
     */
    public static void note(Path classes) throws IOException {
        RouteSnapshot files = RouteSnapshot.read(classes.resolve("routes"));
        AllowList allowed = AllowList.shipped();
        Path resource = classes.resolve(LintedRoutes.class.getPackageName().replace('.', '/')).resolve(RESOURCE);
        if (files.show(directory -> RouteLint.check(directory, allowed)).isEmpty()) {
            Files.writeString(resource, judged(files, allowed).toString());
        } else {
            Files.deleteIfExists(resource);
        }
    }

    /** Holds what is read once, on first use. */
    private static final class Holder {

        static final String BY_THE_BUILD = read();

        private static String read() {
            try (InputStream fingerprint = LintedRoutes.class.getResourceAsStream(RESOURCE)) {
                return fingerprint == null ? "" : new String(fingerprint.readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
