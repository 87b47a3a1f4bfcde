// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the {@code alarm.*} block, and what customers set otherwise. */
final class AlarmReader {

    private final Section.Reading reading;

    AlarmReader(Section.Reading reading) {
        this.reading = reading;
    }

    /**
     * Null when a value is wrong; the problems are told.
     *
     * @param customers ids of those that could be read
     */
    AlarmSettings read(Map<String, String> entries, Collection<String> customers) {
        int before = reading.problems().problems().size();
        Section section = new Section("alarm.", Blocks.under("alarm.", entries), reading);
        List<Key> all = new ArrayList<>(Keys.MAIL);
        all.addAll(Keys.ALARM);
        section.refuseUnknown(all);
        AlarmSettings.Mail mail = mail(section);
        Values common = section.read(Keys.ALARM);
        Map<String, Values> own = new LinkedHashMap<>();
        for (String id : customers) {
            String prefix = "customer." + id + ".";
            own.put(id, new Section(prefix, Blocks.under(prefix, entries), reading).read(Keys.CUSTOMER_ALARM));
        }
        if (reading.problems().problems().size() > before) {
            return null;
        }
        Map<String, AlarmRules> rules = new LinkedHashMap<>();
        own.forEach((id, values) -> rules.put(id, AlarmRules.of(over(common, values))));
        return new AlarmSettings(mail, AlarmRules.of(common), rules);
    }

    private static AlarmSettings.Mail mail(Section section) {
        Values values = section.read(Keys.MAIL);
        String server = values.text("mail.server");
        String security = values.text("mail.security");
        if (values.has("mail.user") != values.has("mail.password")) {
            section.problem(
                    values.has("mail.user") ? "mail.password" : "mail.user",
                    "is missing: a user and a password go together");
        }
        if ("none".equals(security) && values.has("mail.user") && server != null && !ValueType.isLoopback(server)) {
            section.problem("mail.security", "would send the password in clear; must be starttls or tls");
        }
        return new AlarmSettings.Mail(
                server,
                values.has("mail.port") ? values.number("mail.port").intValue() : 0,
                security,
                values.path("mail.certificates"),
                values.secret("mail.user"),
                values.secret("mail.password"),
                values.text("mail.from"));
    }

    /** What a customer does not set is as for the installation. */
    private static Values over(Values common, Values own) {
        Map<String, Object> both = new LinkedHashMap<>(common.byName());
        if (own.has("alarm.webhook.url")) {
            both.remove("webhook.token"); // a token goes only where it was meant for
        }
        own.byName().forEach((name, value) -> both.put(name.substring("alarm.".length()), value));
        return new Values(both);
    }
}
