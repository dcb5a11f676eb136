package fr.pennylanesync.landing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.failure.Scope;
import fr.pennylanesync.failure.SyncException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class LandingFailuresTest {

    private static final String CANARY = "Boulangerie Canari";

    static Stream<Arguments> refusals() {
        SQLException refused = new SQLException(CANARY, "40P01");
        return Stream.of(
                Arguments.of(new CannotAcquireLockException(CANARY, refused), true, "40P01"),
                Arguments.of(new QueryTimeoutException(CANARY, refused), true, "40P01"),
                Arguments.of(new DataAccessResourceFailureException(CANARY), true, "unknown"),
                Arguments.of(new CannotGetJdbcConnectionException(CANARY, refused), true, "40P01"),
                Arguments.of(new DataIntegrityViolationException(CANARY, refused), false, "40P01"),
                Arguments.of(new BadSqlGrammarException(CANARY, "select", refused), false, "40P01"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void namesARefusalByItsSqlStateOnly(DataAccessException thrown, boolean retryable, String state) {
        SyncException failure = LandingFailures.of(thrown);

        assertThat(failure.code()).isEqualTo(LandingErrorCode.WAREHOUSE_REFUSED);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.scope()).isEqualTo(Scope.STREAM);
        assertThat(failure).hasMessageContaining("SQLSTATE " + state).hasMessageNotContaining(CANARY);
    }

    @Test
    void aTransactionThatBrokeMayBeDoneAgain() {
        SQLException cut = new SQLException(CANARY, "08006");

        assertThat(LandingFailures.of(new CannotCreateTransactionException(CANARY, cut)).retryable()).isTrue();
        assertThat(LandingFailures.of(new TransactionSystemException(CANARY, cut)))
                .hasMessageContaining("SQLSTATE 08006").hasMessageNotContaining(CANARY);
    }
}
