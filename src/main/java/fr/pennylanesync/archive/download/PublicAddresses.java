package fr.pennylanesync.archive.download;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Tells which addresses are on the public internet, by the IANA registries of special-purpose addresses. All others
 * (this machine, private and link-local networks, carrier-grade NAT, documentation, tunnels that carry an IPv4 address
 * inside) are never downloaded from.
 */
final class PublicAddresses {

    private static final List<Block> SPECIAL_IPV4 = List.of(block("0.0.0.0", 8), block("10.0.0.0", 8),
            block("100.64.0.0", 10),
            block("127.0.0.0", 8), block("169.254.0.0", 16), block("172.16.0.0", 12), block("192.0.0.0", 24),
            block("192.0.2.0", 24),
            block("192.88.99.0", 24), block("192.168.0.0", 16), block("198.18.0.0", 15), block("198.51.100.0", 24),
            block("203.0.113.0", 24), block("224.0.0.0", 3));
    private static final Block GLOBAL_IPV6 = block("2000::", 3);
    private static final List<Block> SPECIAL_IPV6 =
            List.of(block("2001::", 23), block("2001:db8::", 32), block("2002::", 16),
                    block("3fff::", 20));

    private PublicAddresses() {}

    /** An IPv4 address that is mapped into IPv6 arrives here as IPv4: Java makes it so. */
    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().noneMatch(block -> block.contains(bytes));
        }
        return GLOBAL_IPV6.contains(bytes) && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(bytes));
    }

    private record Block(byte[] network, int prefixBits) {

        boolean contains(byte[] address) {
            for (int bit = 0; bit < prefixBits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if ((network[bit / Byte.SIZE] & mask) != (address[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Block block(String network, int prefixBits) {
        try {
            // A literal: nothing is looked up.
            return new Block(InetAddress.getByName(network).getAddress(), prefixBits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
