// SPDX-License-Identifier: Apache-2.0
/** What travels in an exchange: the closed list of variable names. */
package io.callvault.exchange;
