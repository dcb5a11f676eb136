package fr.pennylanesync.runtime;

import fr.pennylanesync.activity.RunKind;
import fr.pennylanesync.activity.RunLog;
import fr.pennylanesync.activity.RunResult;
import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.archive.s3.ArchiveVerification.ArchiveVerificationResult;
import fr.pennylanesync.failure.UnexpectedFailure;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.verification.Verification.VerificationResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Recomputes the hashes of rows, batches, chains and files, and notes the result as a run. */
final class ConsoleVerification {

    private final RuntimeResources resources;
    private final StreamCatalog catalog;

    ConsoleVerification(RuntimeResources resources, StreamCatalog catalog) {
        this.resources = resources;
        this.catalog = catalog;
    }

    /**
     * Verifies one company, or everything.
     *
     * @return how many differences there are, in words of the trail
     */
    String verify(Optional<Long> company) {
        RunLog log = new RunLog(resources.warehouse().jdbc(), resources.node());
        long run = log.begin(RunKind.VERIFY, company.map(OptionalLong::of).orElse(OptionalLong.empty()), "");
        try {
            RunResult result = result(company);
            log.end(run, result);
            return "differences: " + result.differences();
        } catch (RuntimeException fault) {
            log.end(run, RunResult.failed(UnexpectedFailure.of(fault).code().name()));
            throw fault;
        }
    }

    private RunResult result(Optional<Long> company) {
        Verification verification =
                new Verification(resources.warehouse(), resources.tables().states(), catalog);
        VerificationResult records = company.map(id -> verification.verify(List.of(id), catalog.all()))
                .orElseGet(verification::verify);
        List<Long> companies = company.map(List::of).orElseGet(() -> resources.companies().directory().companies()
                .stream().map(Company::id).toList());
        ArchiveVerificationResult objects = ArchiveVerification.isNeeded(resources.warehouse().jdbc(), companies,
                List.of())
                        ? new ArchiveVerification(resources.warehouse().jdbc(), resources.archive().bucket())
                                .verify(companies, List.of(), OptionalInt.empty())
                        : ArchiveVerificationResult.NOTHING;
        return RunResult.compared(records.rows(),
                records.differenceCount() + objects.missing() + objects.altered() + objects.surplus());
    }
}
