package fr.pennylanesync.warehouse;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.stream_state}: where each stream of each company is in its life, and its last error. */
public final class StreamStates {

    private final JdbcClient jdbc;

    public StreamStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return whether the stream was not known before */
    public boolean introduce(long companyId, String stream) {
        return jdbc.sql("insert into pennylane_sync.stream_state (company_id, stream, state) values (?, ?, 'NEW') on conflict do nothing")
                .params(companyId, stream).update() == 1;
    }

    public void walked(long companyId, String stream) {
        jdbc.sql("""
                update pennylane_sync.stream_state set walked_at = now(), succeeded_at = now(), error_code = null, error_at = null
                where company_id = ? and stream = ?""").params(companyId, stream).update();
    }

    public void failed(long companyId, String stream, String code) {
        introduce(companyId, stream);
        jdbc.sql("update pennylane_sync.stream_state set error_code = ?, error_at = now() where company_id = ? and stream = ?")
                .params(code, companyId, stream).update();
    }
}
