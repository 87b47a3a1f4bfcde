// SPDX-License-Identifier: Apache-2.0
package io.callvault.log;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes telephone numbers out of a text, but for their last two digits.
 *
 * <p>What counts as one: a plus and 7 to 15 digits (E.164), also with separators between; ten digits written the North
 * American way, as in {@code (415) 555-0142}; 7 to 15 digits that stand alone between underscores, as in the names of stored
 * files; and the user of a {@code sip:} or {@code tel:} address that is a number. Ids, which are digits alone, stay, or no
 * failure could be looked into.
 */
public final class NumberMask {

    private static final List<Pattern> NUMBERS = List.of(
            Pattern.compile("\\+(?:\\d[ ().-]{0,2}){6,14}\\d(?!\\d)"),
            Pattern.compile("(?<![\\w.+-])(?:1[ .-])?(?:\\(\\d{3}\\) ?|\\d{3}[ .-])\\d{3}[ .-]\\d{4}(?![\\w-])"),
            Pattern.compile("(?<=_)\\d{7,15}(?=_)"),
            Pattern.compile("(?<=\\b(?:sips?|tel):)\\d{7,15}(?!\\d)"));

    private static final int LEFT = 2;

    private NumberMask() {}

    /** The text with {@code *} in place of most digits. */
    public static String apply(String text) {
        String masked = text;
        for (Pattern pattern : NUMBERS) {
            masked = pattern.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(mask(found.group())));
        }
        return masked;
    }

    private static String mask(String number) {
        long digits = number.chars().filter(Character::isDigit).count();
        StringBuilder masked = new StringBuilder(number.length());
        int seen = 0;
        for (int i = 0; i < number.length(); i++) {
            char each = number.charAt(i);
            masked.append(Character.isDigit(each) && ++seen <= digits - LEFT ? '*' : each);
        }
        return masked.toString();
    }
}
