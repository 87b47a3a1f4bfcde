// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses and their parameters. */
final class Address {

    private Address() {}

    /** As it stands there; null when it does not. */
    static String parameter(String address, String name) {
        Matcher found = matcher(address, name);
        return found.find() ? found.group(2) : null;
    }

    /** A whole number of at most 12 digits; -1 when there is none. */
    static long number(String address, String name) {
        String value = parameter(address, name);
        return value != null && value.matches("[0-9]{1,12}") ? Long.parseLong(value) : -1;
    }

    /** The same with another value, which is encoded already. */
    static String with(String address, String name, Object value) {
        Matcher found = matcher(address, name);
        return found.find()
                ? address.substring(0, found.start(2)) + value + address.substring(found.end(2))
                : address + (address.contains("?") ? "&" : "?") + name + "=" + value;
    }

    static String without(String address, String name) {
        Matcher found = matcher(address, name);
        if (!found.find()) {
            return address;
        }
        String rest = address.substring(found.end());
        return address.substring(0, found.start())
                + (rest.isEmpty() ? "" : found.group(1) + rest.substring(1));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Matcher matcher(String address, String name) {
        return Pattern.compile("([?&])" + Pattern.quote(name) + "=([^&]*)").matcher(address);
    }
}
