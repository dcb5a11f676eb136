package fr.pennylanesync.audit;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.audit}. */
public final class AuditLog {

    private final JdbcClient jdbc;

    public AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void add(List<AuditResult> results) {
        for (AuditResult result : results) {
            jdbc.sql("""
                    insert into pennylane_sync.audit (kind, company_id, stream, part, outcome, source_rows,
                        warehouse_rows, differing, missing,
                        surplus, note) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(result.kind().label(), result.companyId(), result.stream(), result.part(),
                            result.outcome().name(),
                            result.sourceRows(), result.warehouseRows(), result.differing(), result.missing(),
                            result.surplus(), result.note())
                    .update();
        }
    }
}
