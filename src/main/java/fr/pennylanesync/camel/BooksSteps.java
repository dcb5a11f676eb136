package fr.pennylanesync.camel;

import fr.pennylanesync.audit.BooksAudit;
import fr.pennylanesync.audit.BooksAudit.Tried;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;

/**
 * Gives the route {@code sync-company} the steps that hold the books against their own rules: once nothing is due any
 * more what contradicts one becomes due, and after the last round what does so all the same is told.
 */
public final class BooksSteps {

    private final BooksAudit audit;
    private final AtomicBoolean stopping;

    BooksSteps(BooksAudit audit, AtomicBoolean stopping) {
        this.audit = audit;
        this.stopping = stopping;
    }

    /** Makes due what contradicts a rule; a sync of some streams says nothing about the others. */
    public void ask(Exchange exchange) {
        if (CompanySteps.isWhole(exchange, stopping) && Variables.companyPlan(exchange).isSettled()) {
            audit.ask(Variables.companyId(exchange))
                    .ifPresent(tried -> exchange.setVariable(Variables.BOOKS, tried));
        }
    }

    /** Tells what contradicts a rule, if the rules were tried. */
    public void tell(Exchange exchange) {
        Tried tried = exchange.getVariable(Variables.BOOKS, Tried.class);
        if (tried != null && CompanySteps.isWhole(exchange, stopping)) {
            audit.tell(Variables.companyId(exchange), tried);
        }
    }
}
