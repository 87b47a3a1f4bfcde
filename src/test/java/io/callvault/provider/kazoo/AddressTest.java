// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressTest {

    private static final String LIST = "/v2/accounts/a/cdrs?created_from=1&created_to=2&page_size=200";

    @Test
    void a_parameter_is_read_replaced_added_and_taken_out() {
        assertThat(Address.parameter(LIST, "created_to")).isEqualTo("2");
        assertThat(Address.parameter(LIST, "to")).isNull();
        assertThat(Address.number(LIST, "page_size")).isEqualTo(200);
        assertThat(Address.number(LIST, "start_key")).isEqualTo(-1);
        assertThat(Address.with(LIST, "created_to", 9)).isEqualTo(LIST.replace("to=2", "to=9"));
        assertThat(Address.with(LIST, "start_key", "g2w")).isEqualTo(LIST + "&start_key=g2w");
        assertThat(Address.with("/cdrs", "page_size", 1)).isEqualTo("/cdrs?page_size=1");
        assertThat(Address.without(LIST, "created_from")).isEqualTo("/v2/accounts/a/cdrs?created_to=2&page_size=200");
        assertThat(Address.without(LIST, "page_size")).isEqualTo("/v2/accounts/a/cdrs?created_from=1&created_to=2");
        assertThat(Address.without("/cdrs?a=1", "a")).isEqualTo("/cdrs");
    }

    @Test
    void an_id_with_an_at_or_a_slash_stays_one_piece() {
        assertThat(Address.encode("202401-a b/c@203.0.113.7")).isEqualTo("202401-a%20b%2Fc%40203.0.113.7");
    }
}
