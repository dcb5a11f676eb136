package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.CompanyNumbers;
import java.math.BigInteger;
import java.util.Locale;

/** Numbers with correct check digits: SIREN and SIRET (Luhn), French VAT key, RIB key, IBAN (modulo 97). */
public final class OfficialNumbers {

    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private OfficialNumbers() {}

    public static CompanyNumbers company(SeededRandom random) {
        String siren = withLuhn(random.between(3, 9) + random.digits(7));
        String siret = withLuhn(siren + "000" + random.below(10));
        long key = (12 + 3 * (Long.parseLong(siren) % 97)) % 97;
        return new CompanyNumbers(siren, siret, String.format(Locale.ROOT, "FR%02d%s", key, siren));
    }

    /** Adds the digit that makes the Luhn sum a multiple of 10. */
    static String withLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }

    public static String iban(SeededRandom random) {
        String bank = "30" + random.digits(3);
        String branch = "0" + random.digits(4);
        String account = random.digits(11);
        long rest = (89 * Long.parseLong(bank) + 15 * Long.parseLong(branch) + 3 * Long.parseLong(account)) % 97;
        return withIbanKey("FR", String.format(Locale.ROOT, "%s%s%s%02d", bank, branch, account, 97 - rest));
    }

    private static String withIbanKey(String country, String national) {
        StringBuilder digits = new StringBuilder();
        (national + country + "00").chars().forEach(c -> digits.append(Character.getNumericValue(c)));
        int key = 98 - new BigInteger(digits.toString()).mod(NINETY_SEVEN).intValue();
        return String.format(Locale.ROOT, "%s%02d%s", country, key, national);
    }
}
