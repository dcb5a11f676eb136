package fr.pennylanesync.camel;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.audit.AuditRead;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.lease.LeaseErrorCode;
import org.apache.camel.Exchange;

/** Gives the route {@code audit-company} its steps: what is asked for, and where the answers go. */
public final class AuditSteps {

    /** @throws SyncException if another process keeps the company for longer than the caller waits */
    public void requireLease(Exchange exchange) {
        if (exchange.getVariable(Variables.LEASE) == null) {
            throw new SyncException(LeaseErrorCode.COMPANY_BUSY);
        }
    }

    public boolean hasNext(Exchange exchange) {
        return read(exchange).isUnfinished();
    }

    /** Returns the pause before the next page, in milliseconds. */
    public long pauseMs(Exchange exchange) {
        return read(exchange).pauseMs();
    }

    public void take(Exchange exchange) {
        read(exchange).take(exchange.getMessage().getBody(Page.class));
        exchange.getMessage().setBody(null);
    }

    private static AuditRead read(Exchange exchange) {
        return exchange.getVariable(Variables.AUDIT, AuditRead.class);
    }
}
