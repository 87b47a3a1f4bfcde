// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.testing.SettableClock;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountEndpointsTest {

    private static final String ACCOUNT = "/restapi/v1.0/account/~";

    private final Sandbox sandbox =
            Sandbox.start(SandboxOptions.demo(), new SettableClock(Instant.parse("2026-03-12T17:00:00Z")));
    private final Caller caller = Caller.signedIn(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void the_account_has_a_number_and_a_time_zone() {
        JsonNode account = caller.json(ACCOUNT);
        assertThat(account.get("id").asLong()).isEqualTo(100200300);
        assertThat(account.at("/regionalSettings/timezone/name").asText()).isEqualTo("America/Los_Angeles");
    }

    @Test
    void lists_extensions_of_all_types_with_totals() {
        JsonNode page = caller.json(ACCOUNT + "/extension?perPage=5");
        assertThat(page.at("/paging/totalElements").asInt()).isEqualTo(12);
        List<JsonNode> all = caller.all(ACCOUNT + "/extension?perPage=5");
        assertThat(all).hasSize(12);
        assertThat(all).anyMatch(row -> row.get("type").asText().equals("Department"));
        assertThat(all).anyMatch(row -> row.get("type").asText().equals("IvrMenu"));
        assertThat(all).anyMatch(row -> row.get("status").asText().equals("Disabled"));
        assertThat(all)
                .anyMatch(row -> row.get("status").asText().equals("Unassigned")
                        && !row.has("extensionNumber")
                        && !row.has("name"));
        assertThat(caller.all(ACCOUNT + "/extension?status=Enabled&status=Disabled&type=User"))
                .hasSize(8);
        assertThat(caller.get(ACCOUNT + "/extension?status=Asleep").statusCode()).isEqualTo(400);
    }

    @Test
    void answers_the_small_questions() {
        assertThat(caller.json(ACCOUNT + "/extension/~").get("id").asLong()).isEqualTo(700800900);
        assertThat(caller.json(ACCOUNT + "/extension/~/authz-profile/check?permissionId=FullCompanyCallLog")
                        .get("successful")
                        .asBoolean())
                .isTrue();
        assertThat(caller.json(ACCOUNT + "/call-recording")
                        .at("/automatic/retentionPeriod")
                        .asInt())
                .isEqualTo(90);
        HttpResponse<byte[]> store = caller.get(ACCOUNT + "/message-store-configuration");
        assertThat(store.statusCode()).isEqualTo(403);
        assertThat(Caller.code(store)).isEqualTo("CMN-401");
        assertThat(Caller.header(caller.get("/restapi/v1.0"), "X-Rate-Limit-Group")).isNull();
    }
}
