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

class PathTemplateTest extends PathExample {

    @Test
    void a_usual_path_reads_as_people_look_for_a_call() {
        assertThat(render(USUAL)).isEqualTo("acme/calls/2026-03-09/230405_inbound_+16505550100_101_9900112233005.mp3");
    }

    @Test
    void every_placeholder_has_its_value() {
        values.putAll(Map.of(
                "fromName", "Ann", "toName", "Bob", "extension", "700", "kind", "recording", "recordId", "r1"));

        assertThat(render("{provider}/{year}/{month}/{day}/{from-name}-{to-name}-{extension}-{kind}-{record-id}_{id}"))
                .isEqualTo("ringcentral/2026/03/09/Ann-Bob-700-recording-r1_9900112233005");
    }

    @Test
    void what_is_not_known_says_so() {
        values.keySet().retainAll(Set.of("customer", "id", "ext"));
        startedAt = null;

        assertThat(render(USUAL)).isEqualTo("acme/unknown/undated/000000_unknown_unknown_unknown_9900112233005.mp3");
        assertThat(render("{year}/{month}/{day}/{id}")).isEqualTo("undated/undated/undated/9900112233005");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z"})
    void a_time_beyond_the_calendar_still_has_a_path(String hostile) {
        startedAt = Instant.parse(hostile);
        zone = ZoneId.of(hostile.startsWith("+") ? "+14:00" : "-14:00");

        assertThat(ObjectPath.problem(render(USUAL))).isNull();
    }

    @Test
    void the_locale_and_the_zone_of_the_machine_do_not_matter() {
        Locale before = Locale.getDefault();
        try {
            Set<String> paths = new HashSet<>();
            for (String tag : List.of("en", "tr", "ar-SA-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "hi-IN-u-nu-deva")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                values.put("ext", "GIF");
                paths.add(render(USUAL));
            }
            assertThat(paths)
                    .containsExactly("acme/calls/2026-03-09/230405_inbound_+16505550100_101_9900112233005.gif");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_plus_in_a_number_stays() {
        assertThat(render("{from}/{id}")).isEqualTo("+16505550100/9900112233005");
    }

    @Test
    void the_hash_is_the_beginning_of_the_ids_sha_256() {
        values.put("id", "AbC");

        assertThat(render("{customer}/{id}.{ext}"))
                .isEqualTo("acme/AbC~" + Bytes.sha256("AbC".getBytes(StandardCharsets.UTF_8)).substring(0, 8) + ".mp3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{customer}/{feed}.{ext}|lacks {id}",
                "/{id}|begins or ends with a slash",
                "{customer}//{id}|two in a row",
                "{id}/|begins or ends with a slash",
                "{customer}/{jd}/{id}|placeholder {jd}, which does not exist: use one of {customer}",
                "{customer}/{ID}|placeholder {ID}",
                "{customer/{id}|brace without its partner",
                "{customer}}/{id}|brace without its partner",
                "../{id}|begins or ends with a dot",
                ".archive/{id}|begins or ends with a dot",
                "a:b/{id}|some system reserves",
                "a\\b/{id}|some system reserves",
                "{customer}/journal/{id}|kept for the customer's journal",
                "{customer}/Journal/{id}|kept for the customer's journal",
            })
    void a_wrong_template_is_refused_with_a_sentence(String template, String part) {
        assertThat(PathTemplate.problems(template)).anySatisfy(problem -> assertThat(problem)
                .startsWith("The ")
                .endsWith(".")
                .contains(part));
        assertThatThrownBy(() -> PathTemplate.parse(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    @Test
    void a_template_too_long_for_any_id_is_refused() {
        assertThat(PathTemplate.problems("x".repeat(236) + "{id}")).hasSize(1).first().asString().contains("too long");
        assertThat(PathTemplate.problems("abc/".repeat(200) + "{id}")).hasSize(1);
        assertThat(PathTemplate.problems(USUAL)).isEmpty();
    }

    @Test
    void a_template_knows_its_placeholders() {
        assertThat(PathTemplate.parse(USUAL).has("customer")).isTrue();
        assertThat(PathTemplate.parse("{feed}/{id}").has("customer")).isFalse();
    }

    @Test
    void variants_and_sidecars_stand_beside_their_file() {
        String sha256 = "0123456789abcdef".repeat(4);

        assertThat(ObjectPath.sidecar("a.b/c.mp3")).isEqualTo("a.b/c.mp3.json");
        assertThat(ObjectPath.variant("a.b/c.mp3", sha256)).isEqualTo("a.b/c~01234567.mp3");
        assertThat(ObjectPath.variant("a.b/c", sha256)).isEqualTo("a.b/c~01234567");
    }

    @ParameterizedTest
    @CsvSource({
        "audio/mpeg,mp3", "AUDIO/X-WAV,wav", "audio/wav; codecs=1,wav", "image/jpeg,jpg", "image/TIFF,tif",
        "application/pdf,pdf", "video/3gpp,3gp", "text/vcard ;charset=utf-8,vcf", "application/x-none,bin", "'',bin"
    })
    void a_media_type_has_an_ending(String type, String ending) {
        assertThat(MediaNames.ending(type)).isEqualTo(ending);
        assertThat(MediaNames.ending(null)).isEqualTo("bin");
    }
}
