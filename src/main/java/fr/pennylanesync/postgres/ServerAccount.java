package fr.pennylanesync.postgres;

import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_ACCOUNT_MISSING;

import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Under which account the server runs. PostgreSQL refuses root, in containers the usual user. */
enum ServerAccount {

    /** An ordinary user: as ourselves. */
    OURS(List.of(), -1),
    /** Root on the outside, nobody inside a user namespace of its own: files stay root's. */
    USER_NAMESPACE(List.of("unshare", "-U"), 0),
    /** The user "nobody", for containers that forbid user namespaces: the data directory becomes theirs. */
    NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), 65_534);

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(30);
    private static final int ROOT = 0;
    private static final int PASSAGE = 0711;

    private final List<String> prefix;
    private final int ownerId;

    ServerAccount(List<String> prefix, int ownerId) {
        this.prefix = prefix;
        this.ownerId = ownerId;
    }

    /**
     * Ourselves, or, for root, the first of the given accounts that can run the program.
     *
     * @param folders are ours, and lie on the way to the program and to the data
     */
    static ServerAccount choose(PostgresBinaries binaries, List<Path> folders, List<ServerAccount> forRoot)
            throws IOException {
        if (ourUserId() != ROOT) {
            return OURS;
        }
        for (ServerAccount account : forRoot) {
            account.letThrough(folders);
            if (account.canRun(binaries)) {
                return account;
            }
        }
        throw new SyncException(EMBEDDED_ACCOUNT_MISSING,
                "neither unshare -U nor setpriv gives one that can reach " + binaries.home());
    }

    /** Lets an account that is not ours pass through our folders, and see nothing of them: files stay closed to it. */
    private void letThrough(List<Path> folders) throws IOException {
        if (ownerId > ROOT) {
            for (Path folder : folders) {
                FileTrees.setMode(folder, PASSAGE);
            }
        }
    }

    /** The command as this account. Each prefix ends in exec, so the program is our direct child. */
    List<String> command(List<String> command) {
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /** The command as this account in a session of its own, so that Ctrl-C in our terminal does not stop it first. */
    List<String> detached(List<String> command) {
        List<String> detached = new ArrayList<>(command(command));
        if (succeeds(List.of("setsid", "--version"))) {
            detached.add(0, "setsid");
        }
        return List.copyOf(detached);
    }

    void own(Path tree) throws IOException {
        if (ownerId >= 0) {
            FileTrees.own(tree, ownerId);
        }
    }

    private static int ourUserId() throws IOException {
        Path ours = Files.createTempFile("pennylane-sync", ".owner");
        try {
            return FileTrees.userId(ours);
        } finally {
            Files.delete(ours);
        }
    }

    private boolean canRun(PostgresBinaries binaries) {
        return succeeds(command(List.of(binaries.program("postgres"), "--version")));
    }

    private static boolean succeeds(List<String> command) {
        try {
            return CommandResult.of(command, PROBE_TIMEOUT).succeeded();
        } catch (IOException e) {
            return false;
        }
    }
}
