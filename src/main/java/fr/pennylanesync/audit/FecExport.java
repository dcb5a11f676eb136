package fr.pennylanesync.audit;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.pass.ExportRead;
import java.net.URI;

/** Asks for the file of accounting entries of a period. */
final class FecExport extends ExportRead implements AuditRead {

    FecExport(long companyId, DatePeriod period) {
        super(companyId, "/exports/fecs", period);
    }

    @Override
    public void take(Page page) {
        // What the answer says was taken as it was read.
    }

    URI link() {
        try {
            return URI.create(fileUrl());
        } catch (IllegalArgumentException noLink) {
            throw new SyncException(AuditErrorCode.EXPORT_NOT_FETCHED);
        }
    }
}
