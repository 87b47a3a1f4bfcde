// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the {@code gate.<provider>.<group>.*} blocks over the budgets that the providers declare. */
final class GateReader {

    private final Map<String, ProviderDeclaration> providers;
    private final Set<String> brokenProviders;

    GateReader(Declarations declarations) {
        this.providers = declarations.providers();
        this.brokenProviders = declarations.brokenProviders();
    }

    /** A gate for every group of every provider, by {@code <provider>.<group>}. */
    Map<String, GateSettings> read(Map<String, String> entries, Section.Reading reading) {
        refuseUnknown(entries, reading.problems());
        Map<String, GateSettings> gates = new LinkedHashMap<>();
        for (ProviderDeclaration provider : providers.values()) {
            for (ProviderDeclaration.Group group : provider.groups().values()) {
                String name = provider.provider() + "." + group.name();
                Section section = new Section("gate." + name + ".", Blocks.under(name + ".", entries), reading);
                section.refuseUnknown(Keys.GATE);
                gates.put(name, gate(provider.provider(), group, section.read(Keys.GATE)));
            }
        }
        return gates;
    }

    private static GateSettings gate(String provider, ProviderDeclaration.Group group, Values values) {
        Long limit = values.number("limit");
        Duration window = values.duration("window");
        Long share = values.number("share");
        return new GateSettings(
                provider,
                group.name(),
                limit == null ? group.limit() : limit.intValue(),
                window == null ? group.window() : window,
                share == null ? 100 : share.intValue());
    }

    private void refuseUnknown(Map<String, String> entries, Problems problems) {
        List<String> known = new ArrayList<>();
        for (ProviderDeclaration provider : providers.values()) {
            provider.groups().keySet().forEach(group -> known.add(provider.provider() + "." + group));
        }
        entries.forEach((key, value) -> {
            int dot = key.lastIndexOf('.');
            String gate = dot < 0 ? key : key.substring(0, dot);
            if (!known.contains(gate) && !brokenProviders.contains(key.split("\\.", 2)[0])) {
                String hint = Nearest.of(gate, known)
                        .map(nearest -> "did you mean gate." + nearest + (dot < 0 ? "" : key.substring(dot)) + "?")
                        .orElse("the gates are " + String.join(", ", known));
                problems.add("gate." + key, value, "nothing reads this key; " + hint);
            }
        });
    }
}
