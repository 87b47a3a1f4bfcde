// SPDX-License-Identifier: Apache-2.0
/** The provider's JSON as it came: cut out of a page byte for byte, and compared by what it says. Knows nothing else. */
package io.callvault.json;
