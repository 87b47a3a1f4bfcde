// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.random.RandomGenerator;

/** The made-up company: its extensions, its hours, and who calls it. All numbers are of the fictional 555-01xx kind. */
final class Company {

    /** How many enabled extensions of type User there are. */
    static final int USERS = 7;

    static final String MAIN_NUMBER = "+14155550100";
    static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

    private static final List<String> NAMES = List.of(
            "ACME DENTAL",
            "WIRELESS CALLER",
            "EXAMPLE FREIGHT",
            "SAMPLE & SONS, INC.",
            "Caf\u00e9 Gr\u00f6\u00dfe GmbH",
            "\u682a\u5f0f\u4f1a\u793e\u30b5\u30f3\u30d7\u30eb",
            "\u0645\u062b\u0627\u0644 \u0644\u0644\u062a\u062c\u0627\u0631\u0629",
            "\ud83d\udcde Pizza Sample");

    /** Names as an attacker sets them: for spreadsheets, pages, paths, terminals, logs, and names in two Unicode forms. */
    private static final List<String> HOSTILE = List.of(
            "=HYPERLINK(\"http://example.invalid\",\"pay\")",
            "../../../../etc/passwd",
            "<script>alert(1)</script>",
            "Beispiel A\u0308rzte",
            "Beispiel \u00c4rzte",
            "invoice\u202efdp.exe",
            "CON",
            "Example\r\nX-Injected: yes",
            "nul\u0000byte",
            "'; DROP TABLE calls;--",
            "..",
            "a/b\\c:d*e?f\"g|h",
            "\u001b[31mred\u001b[0m",
            "X".repeat(300));

    private static final List<String> PLACES = List.of("Redwood City, CA", "Oakland, CA", "San Mateo, CA", "New York, NY");

    private final List<Extension> extensions;

    Company(String accountId) {
        long main = Long.parseLong(accountId);
        this.extensions = List.of(
                user(700800900, "101", "Robin Example"),
                user(700800901, "102", "Kim Example"),
                user(700800902, "103", "Sam Sample"),
                user(700800903, "104", "Lou Sample"),
                user(700800904, "105", "Max Placeholder"),
                user(700800905, "106", "Ira Specimen"),
                user(700800906, "107", "Jo M\u00fcster"),
                new Extension(700800907, "110", "Former Colleague", "User", "Disabled"),
                new Extension(700800908, null, null, "User", "Unassigned"),
                new Extension(700800950, "200", "Front Desk Queue", "Department", "Enabled"),
                new Extension(700800951, "201", "After Hours", "Voicemail", "Enabled"),
                new Extension(main, "300", "Main Menu", "IvrMenu", "Enabled"));
    }

    List<Extension> extensions() {
        return extensions;
    }

    /** The n-th enabled user, counted round. */
    Extension user(int number) {
        return extensions.get(Math.floorMod(number, USERS));
    }

    Extension queue() {
        return extensions.get(9);
    }

    Extension former() {
        return extensions.get(7);
    }

    /** An instant between the two, in business hours if that can be had. */
    static Instant moment(RandomGenerator random, Instant oldest, Instant latest) {
        long span = Math.max(1, Duration.between(oldest, latest).toMillis());
        Instant moment = latest;
        for (int tries = 0; tries < 60; tries++) {
            moment = oldest.plusMillis(random.nextLong(span));
            ZonedDateTime local = moment.atZone(ZONE);
            boolean weekday = local.getDayOfWeek() != DayOfWeek.SATURDAY && local.getDayOfWeek() != DayOfWeek.SUNDAY;
            if (weekday && local.getHour() >= 8 && local.getHour() < 18) {
                return moment;
            }
        }
        return moment;
    }

    static Party caller(RandomGenerator random) {
        String name = random.nextInt(4) == 0 ? null : NAMES.get(random.nextInt(NAMES.size()));
        return new Party(number(random), name, PLACES.get(random.nextInt(PLACES.size())), null);
    }

    static Party hostileCaller(int index) {
        String name = HOSTILE.get(Math.floorMod(index, HOSTILE.size()));
        return new Party("+12125550" + (100 + Math.floorMod(index, 100)), name, null, null);
    }

    private static String number(RandomGenerator random) {
        List<String> areas = List.of("212", "415", "510", "650");
        return "+1" + areas.get(random.nextInt(areas.size())) + "5550" + (101 + random.nextInt(99));
    }

    private static Extension user(long id, String number, String name) {
        return new Extension(id, number, name, "User", "Enabled");
    }
}
