package fr.pennylanesync.digest;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Collection;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * An answer of an RFC 3161 server: it saw this hash at that moment, and says so with its signature. Whether that server
 * is to be trusted, is for whoever relies on it: its certificate is in the answer.
 *
 * @param at when the server saw the hash, by its own clock
 */
record TimeStamp(byte[] answer, Instant at) {

    /**
     * Reads an answer, and checks that it is about this hash and that the certificate in it made its signature.
     *
     * @throws SyncException TIME_STAMP_INVALID if it is anything else
     */
    static TimeStamp of(byte[] answer, Sha256 hash) {
        try {
            return of(new TimeStampResponse(answer), hash);
        } catch (TSPException | IOException | RuntimeException malformed) {
            throw refused(malformed);
        }
    }

    /** Does as {@link #of(byte[], Sha256)} does, and checks that it answers this very question. */
    static TimeStamp of(byte[] answer, Sha256 hash, TimeStampRequest question) {
        try {
            TimeStampResponse response = new TimeStampResponse(answer);
            response.validate(question);
            return of(response, hash);
        } catch (TSPException | IOException | RuntimeException malformed) {
            throw refused(malformed);
        }
    }

    private static TimeStamp of(TimeStampResponse response, Sha256 hash) throws IOException, TSPException {
        TimeStampToken token = response.getTimeStampToken();
        if (token == null) {
            throw new TSPException("no token");
        }
        boolean same = Sha256.stored(token.getTimeStampInfo().getMessageImprintDigest()).equals(hash);
        Collection<X509CertificateHolder> signers = token.getCertificates().getMatches(token.getSID());
        if (!same || signers.size() != 1) {
            throw new TSPException("another hash, or no certificate");
        }
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signers.iterator().next()));
        } catch (OperatorCreationException | GeneralSecurityException unusable) {
            throw new TSPException("unusable certificate", unusable);
        }
        return new TimeStamp(response.getEncoded(), token.getTimeStampInfo().getGenTime().toInstant());
    }

    private static SyncException refused(Exception why) {
        return why instanceof SyncException already ? already
                : new SyncException(DigestErrorCode.TIME_STAMP_INVALID, why.getClass().getSimpleName());
    }
}
