// SPDX-License-Identifier: Apache-2.0
package io.callvault.engine;

import io.callvault.config.Configuration;
import io.callvault.config.CustomerSettings;
import io.callvault.config.TargetSettings;
import io.callvault.flow.Exclusions;
import io.callvault.json.ExactJson;
import io.callvault.ledger.Ledger;
import io.callvault.ledger.Releases;
import io.callvault.model.ListedRecord;
import io.callvault.provider.Provider;
import io.callvault.release.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Makes a customer's terms of release out of the configuration. */
public final class ReleaseTerms {

    private ReleaseTerms() {}

    /** Whether anything of a customer may ever be released. */
    public static boolean isSet(Configuration configuration, String id) {
        return configuration.customers().get(id).release() != null;
    }

    /**
     * SHA-256 of everything in the configuration that decides what may go, from where, and whether it is safe elsewhere.
     * Secrets are not in it.
     */
    public static String fingerprint(Configuration configuration, String id) {
        CustomerSettings customer = configuration.customers().get(id);
        List<String> lines = new ArrayList<>();
        lines.add(customer.provider() + " " + customer.feeds() + " " + customer.exclude() + " " + customer.timeZone());
        lines.add(String.valueOf(customer.release()));
        new TreeMap<>(customer.own().byName()).forEach((key, value) -> lines.add(key + "=" + value)); // secrets are masked
        for (String name : customer.targets()) {
            TargetSettings target = configuration.targets().get(name);
            lines.add(name + " " + target.kind());
            new TreeMap<>(target.values()).forEach((key, value) -> {
                if (!target.secretKeys().contains(key)) {
                    lines.add(key + "=" + value);
                }
            });
        }
        return ExactJson.hex(String.join("\n", lines));
    }

    /** @param provider one that has opened the customer's account; it is asked nothing */
    static Terms of(Configuration configuration, String id, Provider provider, Ledger ledger) {
        CustomerSettings customer = configuration.customers().get(id);
        Exclusions exclusions = new Exclusions(customer.exclude());
        return new Terms(
                id,
                customer.release(),
                customer.timeZone(),
                customer.targets(),
                fingerprint(configuration, id),
                item -> reading(id, provider, ledger, exclusions, item));
    }

    private static Terms.Reading reading(
            String id, Provider provider, Ledger ledger, Exclusions exclusions, Releases.Candidate item) {
        String raw = ledger.raw(id, item.feed(), item.recordId(), item.latest());
        ListedRecord record = provider.record(id, item.feed(), item.recordId(), raw);
        return new Terms.Reading(provider.removedWith(item.feed(), record, item.item()), exclusions.rule(record));
    }
}
