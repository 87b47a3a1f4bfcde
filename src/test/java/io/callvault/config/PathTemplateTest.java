// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTemplateTest {

    private static final String RESERVED =
            "can lead under acme/journal/, which is reserved; put another word into its second part";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{id}",
                "{customer}/{extension}/{id}.{ext}",
                "{customer}/{direction}/{kind}/{id}",
                "{customer}/{year}/{month}/{day}/{from-name}_{id}",
                "{customer}/{provider}/{id}",
                "{customer}/from {from-name}/{id}",
                "calls/journal/{id}",
                "{feed}/journal/{id}",
            })
    void accepts(String path) {
        assertThat(told("customer.acme.path = " + path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/{id}                          | must not begin with /; it lies under the target's own place",
                "{date}.{ext}                   | must contain {id}, without which two items would have one name",
                "{feed}/{id                     | a brace is opened or closed alone",
                "a/{{id}}                       | nothing sets id",
                "a//{id}                        | must not contain an empty part, . or ..",
                "../{id}                        | must not contain an empty part, . or ..",
                "{id}/.                         | must not contain an empty part, . or ..",
                "{recordid}/{id}                | {recordid} is none of its placeholders; did you mean {record-id}?",
                "{customer}/journal/{id}        | " + RESERVED,
                "ACME/Journal/{id}              | " + RESERVED,
                "{customer}/{from-name}/{id}    | " + RESERVED,
                "{from}/{to}/{id}               | " + RESERVED,
                "{customer}/jour{to-name}/{id}  | " + RESERVED,
            })
    void refuses(String path, String sentence) {
        assertThat(told("customer.acme.path = " + path))
                .containsExactly("customer.acme.path = " + path + ": " + sentence);
    }

    @Test
    void a_backslash_separates_nothing() {
        assertThat(told("customer.acme.path = a\\\\{id}"))
                .containsExactly("customer.acme.path = a\\{id}: must not contain a backslash or a control character;"
                        + " the parts are separated by /");
    }

    @Test
    void lists_the_placeholders_when_none_is_near() {
        assertThat(told("customer.acme.path = {id}{nonsense}"))
                .singleElement()
                .asString()
                .startsWith("customer.acme.path = {id}{nonsense}: {nonsense} is none of its placeholders; there are"
                        + " {customer}, {provider}, {feed},");
    }

    @Test
    void customers_who_share_a_target_need_their_id_in_the_path() {
        assertThat(told(
                        "customer.acme.path = {feed}/{id}",
                        "customer.beta.provider = voipco",
                        "customer.beta.key = {{env:KEY}}",
                        "customer.beta.targets = nas"))
                .containsExactly("customer.acme.path = {feed}/{id}: must contain {customer}, because beta shares a"
                        + " target with acme");
    }

    @Test
    void a_path_cannot_lead_into_the_journal_of_a_customer_who_shares_the_target() {
        assertThat(told(
                        "customer.acme.path = calls/journal/{customer}/{id}",
                        "customer.calls.provider = voipco",
                        "customer.calls.key = {{env:KEY}}",
                        "customer.calls.targets = nas"))
                .containsExactly("customer.acme.path = calls/journal/{customer}/{id}: can lead under calls/journal/,"
                        + " which is reserved; put another word into its second part");
    }

    private List<String> told(String... lines) {
        return new ConfigurationHome(directory).problems(lines);
    }
}
