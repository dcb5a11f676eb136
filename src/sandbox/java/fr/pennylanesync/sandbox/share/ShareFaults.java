package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.Faults;

/** The faults of the sandbox's plan that concern the share. */
record ShareFaults(Faults faults) {

    private static final String NO_PATH = "";
    private static final long ANY_COMPANY = 0;

    boolean cutsHere() {
        return strikes(FaultKind.SHARE_CUT, ANY_COMPANY);
    }

    boolean rebuildsNow() {
        return strikes(FaultKind.SHARE_REBUILD, ANY_COMPANY);
    }

    boolean hidesNow(long companyId) {
        return strikes(FaultKind.SHARE_COMPANY_HIDDEN, companyId);
    }

    private boolean strikes(FaultKind kind, long companyId) {
        return faults.strike(FaultKind.Stage.SHARE, NO_PATH, companyId, kind::equals).isPresent();
    }
}
