package fr.pennylanesync.camel;

import fr.pennylanesync.audit.RereadAudit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;

/**
 * Gives the route {@code sync-company} the steps that read records again whose hour has come: once nothing else is due
 * they become due, and after the last round what differs is compared with what was announced.
 */
public final class RereadSteps {

    private final RereadAudit audit;
    private final AtomicBoolean stopping;

    RereadSteps(RereadAudit audit, AtomicBoolean stopping) {
        this.audit = audit;
        this.stopping = stopping;
    }

    /** Makes records due, once in a sync. */
    public void ask(Exchange exchange) {
        if (exchange.getVariable(Variables.REREAD) == null && CompanySteps.isWhole(exchange, stopping)
                && Variables.companyPlan(exchange).isSettled()) {
            exchange.setVariable(Variables.REREAD, true);
            audit.ask(Variables.companyId(exchange));
        }
    }

    /** Tells what no event announced. */
    public void tell(Exchange exchange) {
        if (exchange.getVariable(Variables.REREAD) != null && CompanySteps.isWhole(exchange, stopping)) {
            audit.tell(Variables.companyId(exchange));
        }
    }
}
