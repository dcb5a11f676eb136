package fr.pennylanesync.company;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.token.Company;
import java.util.List;
import java.util.Optional;

/**
 * Says what a refresh found.
 *
 * @param active the companies that may be read now
 * @param refusals the token files that are not used, each with its remedy
 * @param deferred the tokens that {@code /me} could not be asked about; they are asked again
 * @param directoryFault set when the directory could not be read: everything else is as it was before
 */
public record RefreshReport(
        List<Company> active, List<Refusal> refusals, List<Deferral> deferred, Optional<ErrorCode> directoryFault) {

    public RefreshReport {
        active = List.copyOf(active);
        refusals = List.copyOf(refusals);
        deferred = List.copyOf(deferred);
    }
}
