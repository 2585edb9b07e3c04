// Makes the page "Your record" alive: no other page needs what it says.

import { fill, when } from "./boxes.js";
import { recordPage } from "./page.js";

when(() => fill({ record: recordPage }, self.ceRecord));
