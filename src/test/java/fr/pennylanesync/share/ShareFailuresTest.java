package fr.pennylanesync.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.failure.SyncException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareFailuresTest {

    private static final String CANARY = "Boulangerie Canari";

    @ParameterizedTest
    @CsvSource({
            "28P01, SHARE_LOGIN_REFUSED", "28000, SHARE_LOGIN_REFUSED", "08006, SHARE_CUT", "57P01, SHARE_CUT",
            "57014, SHARE_TIMEOUT",
            "25P03, SHARE_CUT", ", SHARE_CUT", "42P01, SHARE_TABLE_MISSING", "3F000, SHARE_TABLE_MISSING",
            "42501, SHARE_TABLE_MISSING", "42703, SHARE_COLUMN_MISSING", "XX000, SHARE_TABLE_CHANGED",
            "40001, SHARE_SERIALIZATION", "42601, SHARE_QUERY_FAILED"
    })
    void namesWhatTheDriverThrew(String state, ShareErrorCode code) {
        SyncException failure = ShareFailures.of(new SQLException(CANARY, state), "pennylane.lines");

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(code.retryable());
        assertThat(failure).hasMessageContaining("pennylane.lines, SQLSTATE " + state).hasMessageNotContaining(CANARY);
    }

    /** Redshift tells of most of its own under one SQL state: its words decide. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ERROR: Query (1) cancelled by WLM abort action of Query Monitoring Rule \"long\" | SHARE_TIMEOUT",
            "ERROR: 1020 DETAIL: abort by WLM, Canari | SHARE_TIMEOUT",
            "ERROR: Query (7) canceled on user's request, Canari | SHARE_TIMEOUT",
            "ERROR: 1023 DETAIL: Serializable isolation violation on table - 1, Canari | SHARE_SERIALIZATION",
            "ERROR: could not open relation with OID 102010 | SHARE_TABLE_CHANGED"
    })
    void readsWhatRedshiftMeansByItsInternalError(String words, ShareErrorCode code) {
        SyncException failure = ShareFailures.of(new SQLException(words, "XX000"), "rows");
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageNotContaining("Canari");
    }

    @Test
    void whatLastsTooLongIsATimeout() {
        assertThat(List.of(new SQLTimeoutException(CANARY, "42000"),
                new SQLException(CANARY, "08006", new SocketTimeoutException(CANARY))))
                .extracting(refused -> ShareFailures.of(refused, "rows").code())
                .containsOnly(ShareErrorCode.SHARE_TIMEOUT);
    }

    @Test
    void findsTheFailureBehindAForeignLayer() {
        SQLException cut = new SQLException(CANARY, "08006");
        SyncException known = new SyncException(ShareErrorCode.SHARE_ROW_WITHOUT_KEY, "lines");

        assertThat(ShareFailures.within(new IllegalStateException(CANARY, cut), "rows").code())
                .isEqualTo(ShareErrorCode.SHARE_CUT);
        assertThat(ShareFailures.within(new IllegalStateException(CANARY, known), "rows")).isSameAs(known);
    }

    @Test
    void aFaultOfOursStaysOne() {
        IllegalStateException fault = new IllegalStateException("ours");

        assertThatThrownBy(() -> ShareFailures.within(fault, "rows")).isSameAs(fault);
    }
}
