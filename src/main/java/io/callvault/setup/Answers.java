// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import io.callvault.config.Declared;
import io.callvault.config.Key;
import io.callvault.config.ValueType;
import java.util.Map;

/** Answers that were given beforehand, as the entries of a configuration, made into a draft. */
public final class Answers {

    private Answers() {}

    /**
     * What was given, and what goes without saying: a secret that was given itself gets a file, one that was not given
     * is expected in the environment, and a customer that names no target gets all there are.
     */
    public static Draft draft(Declared declared, Map<String, String> given) {
        Draft draft = new Draft(declared);
        given.forEach(draft::set);
        given.forEach((key, value) -> {
            Key declaration = draft.declaration(key);
            if (declaration != null
                    && declaration.type() == ValueType.SECRET
                    && !value.isEmpty()
                    && !value.contains("{{")) {
                draft.keep(key, value);
            }
        });
        draft.customers().forEach(id -> completeCustomer(draft, id));
        draft.targets().forEach(name -> draft.keysOfKind(name).forEach(key -> refer(draft, "target." + name + ".", key)));
        return draft;
    }

    private static void completeCustomer(Draft draft, String id) {
        String prefix = "customer." + id + ".";
        draft.keysOfProvider(id).forEach(key -> refer(draft, prefix, key));
        if (!draft.targets().isEmpty() && !draft.entries().containsKey(prefix + "targets")) {
            draft.set(prefix + "targets", String.join(", ", draft.targets()));
        }
    }

    private static void refer(Draft draft, String prefix, Key key) {
        String name = prefix + key.name();
        if (key.required() && key.type().isHidden() && !draft.entries().containsKey(name)) {
            draft.set(name, draft.reference(name));
        }
    }
}
