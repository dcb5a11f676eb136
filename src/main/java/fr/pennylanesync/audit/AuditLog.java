package fr.pennylanesync.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.audit}. */
public final class AuditLog {

    private final JdbcClient jdbc;

    public AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds the results of one comparison: they have one moment. */
    public void add(List<AuditResult> results) {
        Timestamp now = Timestamp.from(Instant.now());
        for (AuditResult result : results) {
            jdbc.sql("""
                    insert into pennylane_sync.audit (kind, company_id, stream, part, outcome, source_rows,
                        warehouse_rows, differing, missing,
                        surplus, note, audited_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(result.kind().label(), result.companyId(), result.stream(), result.part(),
                            result.outcome().name(),
                            result.sourceRows(), result.warehouseRows(), result.differing(), result.missing(),
                            result.surplus(), result.note(), now)
                    .update();
        }
    }
}
