// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import io.callvault.config.ConfigurationReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says what is wrong with a draft: what the configuration's reader would say of it. */
public class Judge {

    private final ConfigurationReader reader;
    private final Path file;

    /** @param file where the configuration will be; relative paths start there */
    public Judge(ConfigurationReader reader, Path file) {
        this.reader = reader;
        this.file = file;
    }

    /** Everything, one line each; empty when it can be written. */
    public List<String> problems(Draft draft) {
        List<String> problems = new ArrayList<>();
        if (draft.customers().isEmpty()) {
            problems.add("customer.<name>.provider: is missing; name a customer, whose phone system is one of "
                    + String.join(", ", draft.declared().providers().keySet()));
        }
        if (draft.targets().isEmpty()) {
            problems.add("target.<name>.kind: is missing; name a target, whose kind is one of "
                    + String.join(", ", draft.declared().kinds().keySet()));
        }
        problems.addAll(reader.problems(file, DraftText.of(draft)));
        return problems;
    }

    /** What is wrong with this one entry, whatever else is missing. */
    List<String> problems(Draft draft, String key) {
        return reader.problems(file, DraftText.of(draft)).stream()
                .filter(line -> line.startsWith(key + ":") || line.startsWith(key + " ="))
                .toList();
    }
}
