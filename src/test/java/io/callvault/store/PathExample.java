// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Facts of one item, to be made hostile by a test, and the paths they give. */
abstract class PathExample {

    static final String USUAL =
            "{customer}/{feed}/{date}/{time}_{direction}_{from}_{to}_{id}.{ext}";

    final Map<String, String> values = new HashMap<>(Map.of(
            "customer", "acme",
            "provider", "ringcentral",
            "feed", "calls",
            "direction", "inbound",
            "from", "+16505550100",
            "to", "101",
            "id", "9900112233005",
            "ext", "mp3"));
    Instant startedAt = Instant.parse("2026-03-10T03:04:05.678Z");
    ZoneId zone = ZoneId.of("America/New_York");

    final String render(String template) {
        return PathTemplate.parse(template)
                .render(new PathFacts(
                        values.get("customer"),
                        values.get("provider"),
                        values.get("feed"),
                        startedAt,
                        zone,
                        values.get("direction"),
                        values.get("from"),
                        values.get("to"),
                        values.get("fromName"),
                        values.get("toName"),
                        values.get("extension"),
                        values.get("kind"),
                        values.get("id"),
                        values.get("recordId"),
                        values.get("ext")));
    }
}
