// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandTest {

    @Test
    void names_the_program_as_it_can_be_typed() {
        assertThat(DemoCommand.command("/opt/callvault")).isEqualTo("/opt/callvault/bin/callvault");
        assertThat(DemoCommand.command(null)).isEqualTo("callvault");
    }
}
