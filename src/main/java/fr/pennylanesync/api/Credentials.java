package fr.pennylanesync.api;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.util.Optional;

/** Gives the transport a company's token, and is told what became of it. */
public interface Credentials {

    /**
     * The token to send now.
     *
     * @throws SyncException COMPANY_NOT_ACTIVE when the company is paused, refused or unknown
     */
    Secret token(long companyId);

    /** After a 401: another token of the same company to try once, if there is a verified one. */
    Optional<Secret> afterRefusal(long companyId, Secret refused);

    /** Every token that there is was refused: the company stops until somebody acts. */
    void exhausted(long companyId, Secret refused);

    /** The server took this token. */
    void accepted(long companyId, Secret token);
}
