// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads who may use the console, and refuses one that others could reach and anybody could use. */
final class ConsoleReader {

    private static final String USER = "console.user";

    private ConsoleReader() {}

    /** The entries of our own block without those of users. */
    static Map<String, String> withoutUsers(Map<String, String> entries) {
        Map<String, String> own = new LinkedHashMap<>(entries);
        own.keySet().removeIf(key -> key.startsWith(USER + "."));
        return own;
    }

    static List<ConsoleUser> users(Map<String, String> entries, Set<String> customers, Section.Reading reading) {
        List<ConsoleUser> users = new ArrayList<>();
        Blocks.named("callvault." + USER, entries, reading.problems()).forEach((name, block) -> {
            Section section = new Section("callvault." + USER + "." + name + ".", block, reading);
            section.refuseUnknown(Keys.CONSOLE_USER);
            List<Key> keys = Keys.CONSOLE_USER.stream()
                    .map(key -> key.name().equals("customers") ? TargetReader.choice(key, customers) : key)
                    .toList();
            Values values = section.read(keys);
            if (values.has("password")) {
                users.add(new ConsoleUser(name, values.secret("password"), values.list("customers", String.class)));
            }
        });
        return users;
    }

    /** @param block our own, without users */
    static void check(Values own, List<ConsoleUser> users, Section block) {
        String host = own.text("console.host");
        Long port = own.number("console.port");
        if (host != null && port != null && port != 0 && users.isEmpty() && !ValueType.isLoopback(bracketed(host))) {
            block.problem(
                    "console.host",
                    "others than this machine could reach the console, and it would ask nobody for a password: set"
                            + " callvault.console.user.<name>.password, or 127.0.0.1, or callvault.console.port = 0");
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
