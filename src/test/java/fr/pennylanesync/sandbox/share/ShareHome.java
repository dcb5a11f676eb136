package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.warehouse.TestWarehouse;

/** Shares of tests lie on the one server of their JVM: to unpack and to start one for each takes longer than a test. */
public final class ShareHome {

    private ShareHome() {}

    /** Opens a share of the sandbox without lag. */
    public static SandboxShare open(Sandbox sandbox) {
        return sandbox.openShare(options());
    }

    public static ShareOptions options() {
        return ShareOptions.in(TestWarehouse.directory());
    }
}
