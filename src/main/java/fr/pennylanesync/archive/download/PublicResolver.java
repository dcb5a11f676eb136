package fr.pennylanesync.archive.download;

import java.io.Serial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a name for the connection that is about to be made, and refuses it unless every address is public: what is
 * checked is what is connected to.
 */
final class PublicResolver implements DnsResolver {

    /** The name resolves to an address that is not public. */
    static final class NotPublic extends UnknownHostException {
        @Serial
        private static final long serialVersionUID = 1;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        if (!Arrays.stream(addresses).allMatch(PublicAddresses::contain)) {
            throw new NotPublic();
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
