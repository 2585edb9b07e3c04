var Le=`Four score and seven years ago our fathers brought forth on this continent, a new
nation, conceived in Liberty, and dedicated to the proposition that all men are created
equal.

Now we are engaged in a great civil war, testing whether that nation, or any nation so
conceived and so dedicated, can long endure. We are met on a great battle-field of that
war. We have come to dedicate a portion of that field, as a final resting place for
those who here gave their lives that that nation might live. It is altogether fitting
and proper that we should do this.

But, in a larger sense, we can not dedicate -- we can not consecrate -- we can not
hallow -- this ground. The brave men, living and dead, who struggled here, have
consecrated it, far above our poor power to add or detract. The world will little note,
nor long remember what we say here, but it can never forget what they did here. It is
for us the living, rather, to be dedicated here to the unfinished work which they who
fought here have thus far so nobly advanced.

It is rather for us to be here dedicated to the great task remaining before us -- that
from these honored dead we take increased devotion to that cause for which they gave the
last full measure of devotion -- that we here highly resolve that these dead shall not
have died in vain -- that this nation, under God, shall have a new birth of freedom --
and that government of the people, by the people, for the people, shall not perish from
the earth.
`;function S(e){return e.reduce((t,a)=>t+a,0)}function de(e){return e===1?0:-Math.log(e)}function ue(e){return S(e.map(t=>t>0?t*de(t):0))}var z=" abcdefghijklmnopqrstuvwxyz";function jt(e){return(e.toLowerCase().match(/[a-z]+/g)??[]).join(" ")}function Oe(e){return`${jt(e.trim().split(`

`).slice(0,-1).join(" "))} `}function U(e){return e.toLowerCase().replace(/[^a-z]+/g," ").trimStart()}var Se=" ",ce=new Map;function we(e,t){ce.has(e)||ce.set(e,new Map);let a=ce.get(e);return a.has(t)||a.set(t,Mt(Se+e,t)),a.get(t)}function Mt(e,t){let a=z.split("").map(()=>0),o=t===""?1:0;for(let n=e.indexOf(t,o);n>=0;n=e.indexOf(t,n+1)){let i=n+t.length;if(i>=e.length)break;a[z.indexOf(e[i])]+=1}return a}function ee(e,t,a){let o=Se+e.slice(0,a);return o.slice(Math.max(o.length-t,0))}function te(e,t,a){let o=we(e,t),n=S(o);if(a==="none")return o.map(h=>h/Math.max(n,1));if(a==="add")return o.map(h=>(h+1)/(n+o.length));let i=t===""?o.map(()=>1/o.length):te(e,t.slice(1),a),s=o.filter(h=>h>0).length;return s===0?i:o.map((h,r)=>(h+s*i[r])/(n+s))}function Ae(e,t,a,o){return[...t].map((n,i)=>{let s=te(e,ee(t,a,i),o);return-Math.log(s[z.indexOf(n)])})}function Te({value:e,unit:t},a){return e*I(t)/I(a)}function I(e){return{nats:1,bits:Math.LN2}[e]}var ge={question:"What does each letter of your sentence cost?",entries:[],fields:{order:{kind:"whole",default:2,low:0,high:5},text:{kind:"text",default:"the nation",symbols:" abcdefghijklmnopqrstuvwxyz",longest:60},smoothing:{kind:"choice",default:"witten-bell",names:["witten-bell","add","none"]},source:{kind:"choice",default:"address",names:["address","alice"]},place:{kind:"whole",default:4,low:0,high:60},units:{kind:"choice",default:"bits",names:["bits","nats"]}},quantities:{each:{label:"your text, per character",unit:"{units}",form:"computed"},tested:{label:"the test text, per character",unit:"{units}",form:"computed"},gzip:{label:"the test text with gzip, per character",unit:"{units}",form:"computed"},total:{label:"your text in all",unit:"{units}",form:"computed"},perplexity:{label:"perplexity of your text",unit:"",form:"computed"},context:{label:"looked at: what comes after",unit:"",form:"computed"},seen:{label:"how often that was read",unit:"",form:"plain"},expected:{label:"what the model expects to pay there",unit:"{units}",form:"computed"},letters:{label:"letter",unit:"",form:"computed"},prices:{label:"its price",unit:"",form:"computed"},symbols:{label:"what may come there",unit:"",form:"computed"},next:{label:"its probability",unit:"",form:"percent"}},words:{space:"space",never:"never read",coming:"The book is on its way …",missing:"The book did not come, so this still shows what it showed before."},constants:{tested:{address:{none:[2.7716102189773686,null,null,null,null,null],add:[2.772365558034977,2.429454982173472,2.569468025300631,2.796917729878991,2.9796704072097966,3.1096049827407257],"witten-bell":[2.7721669870727776,2.3181655381960877,2.1636054339357513,2.1259746971148865,2.18004432639036,2.238169529570763]},alice:{none:[2.814230416596852,null,null,null,null,null],add:[2.814208511221796,2.2248743513568034,1.7816589996508656,1.620422767629776,1.7842021705253495,2.0614950723444725],"witten-bell":[2.814208511221796,2.2236390374336468,1.749827762326555,1.4345999958139146,1.3604771348044244,1.3814331928034342]}},gzip:{address:3.2,alice:2.548289461616069}},room:[42.2,59.4],tryThis:[{label:"Letters alone",state:{text:"the nation",order:0,smoothing:"witten-bell",source:"address",place:4},notice:"It knows how often each letter comes, and nothing of what came before: a letter costs the same wherever it stands."},{label:"Counts alone",state:{text:"by the people",order:2,smoothing:"none",source:"address",place:1},notice:"No word of the nine sentences begins with “by”. Counts alone make that impossible, and one impossible letter makes the whole text cost ∞."},{label:"Too far back",state:{text:"increased devotion",order:5,smoothing:"witten-bell",source:"address",place:6},notice:"Most of these contexts were never read, and the model falls back on shorter ones. Looking back on one letter is cheaper here."},{label:"Learned by heart",state:{text:"four score and seven years ago",order:5,smoothing:"none",source:"address",place:21},notice:"The text that was counted costs next to nothing. That says little of the model: look at what the test text costs."},{label:"A longer book",state:{text:"the queen of hearts",order:4,smoothing:"witten-bell",source:"alice",place:5},notice:"It has read a hundred times as much. Now four letters back are worth looking at, and after “q” there is nothing left to tell."}]};var Ce=`down the rabbit hole alice was beginning to get very tired of sitting by her sister on the bank
and of having nothing to do once or twice she had peeped into the book her sister was reading
but it had no pictures or conversations in it and what is the use of a book thought alice
without pictures or conversation so she was considering in her own mind as well as she could for
the hot day made her feel very sleepy and stupid whether the pleasure of making a daisy chain
would be worth the trouble of getting up and picking the daisies when suddenly a white rabbit
with pink eyes ran close by her there was nothing so very remarkable in that nor did alice think
it so very much out of the way to hear the rabbit say to itself oh dear oh dear i shall be late
when she thought it over afterwards it occurred to her that she ought to have wondered at this
but at the time it all seemed quite natural but when the rabbit actually took a watch out of its
waistcoat pocket and looked at it and then hurried on alice started to her feet for it flashed
across her mind that she had never before seen a rabbit with either a waistcoat pocket or a
watch to take out of it and burning with curiosity she ran across the field after it and
fortunately was just in time to see it pop down a large rabbit hole under the hedge in another
moment down went alice after it never once considering how in the world she was to get out again
the rabbit hole went straight on like a tunnel for some way and then dipped suddenly down so
suddenly that alice had not a moment to think about stopping herself before she found herself
falling down a very deep well either the well was very deep or she fell very slowly for she had
plenty of time as she went down to look about her and to wonder what was going to happen next
first she tried to look down and make out what she was coming to but it was too dark to see
anything then she looked at the sides of the well and noticed that they were filled with
cupboards and book shelves here and there she saw maps and pictures hung upon pegs she took down
a jar from one of the shelves as she passed it was labelled orange marmalade but to her great
disappointment it was empty she did not like to drop the jar for fear of killing somebody so
managed to put it into one of the cupboards as she fell past it well thought alice to herself
after such a fall as this i shall think nothing of tumbling down stairs how brave they ll all
think me at home why i wouldn t say anything about it even if i fell off the top of the house
which was very likely true down down down would the fall never come to an end i wonder how many
miles i ve fallen by this time she said aloud i must be getting somewhere near the centre of the
earth let me see that would be four thousand miles down i think for you see alice had learnt
several things of this sort in her lessons in the schoolroom and though this was not a very good
opportunity for showing off her knowledge as there was no one to listen to her still it was good
practice to say it over yes that s about the right distance but then i wonder what latitude or
longitude i ve got to alice had no idea what latitude was or longitude either but thought they
were nice grand words to say presently she began again i wonder if i shall fall right through
the earth how funny it ll seem to come out among the people that walk with their heads downward
the antipathies i think she was rather glad there was no one listening this time as it didn t
sound at all the right word but i shall have to ask them what the name of the country is you
know please ma am is this new zealand or australia and she tried to curtsey as she spoke fancy
curtseying as you re falling through the air do you think you could manage it and what an
ignorant little girl she ll think me for asking no it ll never do to ask perhaps i shall see it
written up somewhere down down down there was nothing else to do so alice soon began talking
again dinah ll miss me very much to night i should think dinah was the cat i hope they ll
remember her saucer of milk at tea time dinah my dear i wish you were down here with me there
are no mice in the air i m afraid but you might catch a bat and that s very like a mouse you
know but do cats eat bats i wonder and here alice began to get rather sleepy and went on saying
to herself in a dreamy sort of way do cats eat bats do cats eat bats and sometimes do bats eat
cats for you see as she couldn t answer either question it didn t much matter which way she put
it she felt that she was dozing off and had just begun to dream that she was walking hand in
hand with dinah and saying to her very earnestly now dinah tell me the truth did you ever eat a
bat when suddenly thump thump down she came upon a heap of sticks and dry leaves and the fall
was over alice was not a bit hurt and she jumped up on to her feet in a moment she looked up but
it was all dark overhead before her was another long passage and the white rabbit was still in
sight hurrying down it there was not a moment to be lost away went alice like the wind and was
just in time to hear it say as it turned a corner oh my ears and whiskers how late it s getting
she was close behind it when she turned the corner but the rabbit was no longer to be seen she
found herself in a long low hall which was lit up by a row of lamps hanging from the roof there
were doors all round the hall but they were all locked and when alice had been all the way down
one side and up the other trying every door she walked sadly down the middle wondering how she
was ever to get out again suddenly she came upon a little three legged table all made of solid
glass there was nothing on it except a tiny golden key and alice s first thought was that it
might belong to one of the doors of the hall but alas either the locks were too large or the key
was too small but at any rate it would not open any of them however on the second time round she
came upon a low curtain she had not noticed before and behind it was a little door about fifteen
inches high she tried the little golden key in the lock and to her great delight it fitted alice
opened the door and found that it led into a small passage not much larger than a rat hole she
knelt down and looked along the passage into the loveliest garden you ever saw how she longed to
get out of that dark hall and wander about among those beds of bright flowers and those cool
fountains but she could not even get her head though the doorway and even if my head would go
through thought poor alice it would be of very little use without my shoulders oh how i wish i
could shut up like a telescope i think i could if i only know how to begin for you see so many
out of the way things had happened lately that alice had begun to think that very few things
indeed were really impossible there seemed to be no use in waiting by the little door so she
went back to the table half hoping she might find another key on it or at any rate a book of
rules for shutting people up like telescopes this time she found a little bottle on it which
certainly was not here before said alice and round the neck of the bottle was a paper label with
the words drink me beautifully printed on it in large letters it was all very well to say drink
me but the wise little alice was not going to do that in a hurry no i ll look first she said and
see whether it s marked poison or not for she had read several nice little histories about
children who had got burnt and eaten up by wild beasts and other unpleasant things all because
they would not remember the simple rules their friends had taught them such as that a red hot
poker will burn you if you hold it too long and that if you cut your finger very deeply with a
knife it usually bleeds and she had never forgotten that if you drink much from a bottle marked
poison it is almost certain to disagree with you sooner or later however this bottle was not
marked poison so alice ventured to taste it and finding it very nice it had in fact a sort of
mixed flavour of cherry tart custard pine apple roast turkey toffee and hot buttered toast she
very soon finished it off what a curious feeling said alice i must be shutting up like a
telescope and so it was indeed she was now only ten inches high and her face brightened up at
the thought that she was now the right size for going though the little door into that lovely
garden first however she waited for a few minutes to see if she was going to shrink any further
she felt a little nervous about this for it might end you know said alice to herself in my going
out altogether like a candle i wonder what i should be like then and she tried to fancy what the
flame of a candle is like after the candle is blown out for she could not remember ever having
seen such a thing after a while finding that nothing more happened she decided on going into the
garden at once but alas for poor alice when she got to the door she found he had forgotten the
little golden key and when she went back to the table for it she found she could not possibly
reach it she could see it quite plainly through the glass and she tried her best to climb up one
of the legs of the table but it was too slippery and when she had tired herself out with trying
the poor little thing sat down and cried come there s no use in crying like that said alice to
herself rather sharply i advise you to leave off this minute she generally gave herself very
good advice though she very seldom followed it and sometimes she scolded herself so severely as
to bring tears into her eyes and once she remembered trying to box her own ears for having
cheated herself in a game of croquet she was playing against herself for this curious child was
very fond of pretending to be two people but it s no use now thought poor alice to pretend to be
two people why there s hardly enough of me left to make one respectable person soon her eye fell
on a little glass box that was lying under the table she opened it and found in it a very small
cake on which the words eat me were beautifully marked in currants well i ll eat it said alice
and if it makes me grow larger i can reach the key and if it makes me grow smaller i can creep
under the door so either way i ll get into the garden and i don t care which happens she ate a
little bit and said anxiously to herself which way which way holding her hand on the top of her
head to feel which way it was growing and she was quite surprised to find that she remained the
same size to be sure this generally happens when one eats cake but alice had got so much into
the way of expecting nothing but out of the way things to happen that it seemed quite dull and
stupid for life to go on in the common way so she set to work and very soon finished off the
cake

the pool of tears curiouser and curiouser cried alice she was so much surprised that for the
moment she quite forgot how to speak good english now i m opening out like the largest telescope
that ever was good bye feet for when she looked down at her feet they seemed to be almost out of
sight they were getting so far off oh my poor little feet i wonder who will put on your shoes
and stockings for you now dears i m sure i shan t be able i shall be a great deal too far off to
trouble myself about you you must manage the best way you can but i must be kind to them thought
alice or perhaps they won t walk the way i want to go let me see i ll give them a new pair of
boots every christmas and she went on planning to herself how she would manage it they must go
by the carrier she thought and how funny it ll seem sending presents to one s own feet and how
odd the directions will look alice s right foot esq hearthrug near the fender with alice s love
oh dear what nonsense i m talking just then her head struck against the roof of the hall in fact
she was now more than nine feet high and she at once took up the little golden key and hurried
off to the garden door poor alice it was as much as she could do lying down on one side to look
through into the garden with one eye but to get through was more hopeless than ever she sat down
and began to cry again you ought to be ashamed of yourself said alice a great girl like you she
might well say this to go on crying in this way stop this moment i tell you but she went on all
the same shedding gallons of tears until there was a large pool all round her about four inches
deep and reaching half down the hall after a time she heard a little pattering of feet in the
distance and she hastily dried her eyes to see what was coming it was the white rabbit returning
splendidly dressed with a pair of white kid gloves in one hand and a large fan in the other he
came trotting along in a great hurry muttering to himself as he came oh the duchess the duchess
oh won t she be savage if i ve kept her waiting alice felt so desperate that she was ready to
ask help of any one so when the rabbit came near her she began in a low timid voice if you
please sir the rabbit started violently dropped the white kid gloves and the fan and skurried
away into the darkness as hard as he could go alice took up the fan and gloves and as the hall
was very hot she kept fanning herself all the time she went on talking dear dear how queer
everything is to day and yesterday things went on just as usual i wonder if i ve been changed in
the night let me think was i the same when i got up this morning i almost think i can remember
feeling a little different but if i m not the same the next question is who in the world am i ah
that s the great puzzle and she began thinking over all the children she knew that were of the
same age as herself to see if she could have been changed for any of them i m sure i m not ada
she said for her hair goes in such long ringlets and mine doesn t go in ringlets at all and i m
sure i can t be mabel for i know all sorts of things and she oh she knows such a very little
besides she s she and i m i and oh dear how puzzling it all is i ll try if i know all the things
i used to know let me see four times five is twelve and four times six is thirteen and four
times seven is oh dear i shall never get to twenty at that rate however the multiplication table
doesn t signify let s try geography london is the capital of paris and paris is the capital of
rome and rome no that s all wrong i m certain i must have been changed for mabel i ll try and
say how doth the little and she crossed her hands on her lap as if she were saying lessons and
began to repeat it but her voice sounded hoarse and strange and the words did not come the same
as they used to do how doth the little crocodile improve his shining tail and pour the waters of
the nile on every golden scale how cheerfully he seems to grin how neatly spread his claws and
welcome little fishes in with gently smiling jaws i m sure those are not the right words said
poor alice and her eyes filled with tears again as she went on i must be mabel after all and i
shall have to go and live in that poky little house and have next to no toys to play with and oh
ever so many lessons to learn no i ve made up my mind about it if i m mabel i ll stay down here
it ll be no use their putting their heads down and saying come up again dear i shall only look
up and say who am i then tell me that first and then if i like being that person i ll come up if
not i ll stay down here till i m somebody else but oh dear cried alice with a sudden burst of
tears i do wish they would put their heads down i am so very tired of being all alone here as
she said this she looked down at her hands and was surprised to see that she had put on one of
the rabbit s little white kid gloves while she was talking how can i have done that she thought
i must be growing small again she got up and went to the table to measure herself by it and
found that as nearly as she could guess she was now about two feet high and was going on
shrinking rapidly she soon found out that the cause of this was the fan she was holding and she
dropped it hastily just in time to avoid shrinking away altogether that was a narrow escape said
alice a good deal frightened at the sudden change but very glad to find herself still in
existence and now for the garden and she ran with all speed back to the little door but alas the
little door was shut again and the little golden key was lying on the glass table as before and
things are worse than ever thought the poor child for i never was so small as this before never
and i declare it s too bad that it is as she said these words her foot slipped and in another
moment splash she was up to her chin in salt water he first idea was that she had somehow fallen
into the sea and in that case i can go back by railway she said to herself alice had been to the
seaside once in her life and had come to the general conclusion that wherever you go to on the
english coast you find a number of bathing machines in the sea some children digging in the sand
with wooden spades then a row of lodging houses and behind them a railway station however she
soon made out that she was in the pool of tears which she had wept when she was nine feet high i
wish i hadn t cried so much said alice as she swam about trying to find her way out i shall be
punished for it now i suppose by being drowned in my own tears that will be a queer thing to be
sure however everything is queer to day just then she heard something splashing about in the
pool a little way off and she swam nearer to make out what it was at first she thought it must
be a walrus or hippopotamus but then she remembered how small she was now and she soon made out
that it was only a mouse that had slipped in like herself would it be of any use now thought
alice to speak to this mouse everything is so out of the way down here that i should think very
likely it can talk at any rate there s no harm in trying so she began o mouse do you know the
way out of this pool i am very tired of swimming about here o mouse alice thought this must be
the right way of speaking to a mouse she had never done such a thing before but she remembered
having seen in her brother s latin grammar a mouse of a mouse to a mouse a mouse o mouse the
mouse looked at her rather inquisitively and seemed to her to wink with one of its little eyes
but it said nothing perhaps it doesn t understand english thought alice i daresay it s a french
mouse come over with william the conqueror for with all her knowledge of history alice had no
very clear notion how long ago anything had happened so she began again ou est ma chatte which
was the first sentence in her french lesson book the mouse gave a sudden leap out of the water
and seemed to quiver all over with fright oh i beg your pardon cried alice hastily afraid that
she had hurt the poor animal s feelings i quite forgot you didn t like cats not like cats cried
the mouse in a shrill passionate voice would you like cats if you were me well perhaps not said
alice in a soothing tone don t be angry about it and yet i wish i could show you our cat dinah i
think you d take a fancy to cats if you could only see her she is such a dear quiet thing alice
went on half to herself as she swam lazily about in the pool and she sits purring so nicely by
the fire licking her paws and washing her face and she is such a nice soft thing to nurse and
she s such a capital one for catching mice oh i beg your pardon cried alice again for this time
the mouse was bristling all over and she felt certain it must be really offended we won t talk
about her any more if you d rather not we indeed cried the mouse who was trembling down to the
end of his tail as if i would talk on such a subject our family always hated cats nasty low
vulgar things don t let me hear the name again i won t indeed said alice in a great hurry to
change the subject of conversation are you are you fond of of dogs the mouse did not answer so
alice went on eagerly there is such a nice little dog near our house i should like to show you a
little bright eyed terrier you know with oh such long curly brown hair and it ll fetch things
when you throw them and it ll sit up and beg for its dinner and all sorts of things i can t
remember half of them and it belongs to a farmer you know and he says it s so useful it s worth
a hundred pounds he says it kills all the rats and oh dear cried alice in a sorrowful tone i m
afraid i ve offended it again for the mouse was swimming away from her as hard as it could go
and making quite a commotion in the pool as it went so she called softly after it mouse dear do
come back again and we won t talk about cats or dogs either if you don t like them when the
mouse heard this it turned round and swam slowly back to her its face was quite pale with
passion alice thought and it said in a low trembling voice let us get to the shore and then i ll
tell you my history and you ll understand why it is i hate cats and dogs it was high time to go
for the pool was getting quite crowded with the birds and animals that had fallen into it there
were a duck and a dodo a lory and an eaglet and several other curious creatures alice led the
way and the whole party swam to the shore

a caucus race and a long tale they were indeed a queer looking party that assembled on the bank
the birds with draggled feathers the animals with their fur clinging close to them and all
dripping wet cross and uncomfortable the first question of course was how to get dry again they
had a consultation about this and after a few minutes it seemed quite natural to alice to find
herself talking familiarly with them as if she had known them all her life indeed she had quite
a long argument with the lory who at last turned sulky and would only say i am older than you
and must know better and this alice would not allow without knowing how old it was and as the
lory positively refused to tell its age there was no more to be said at last the mouse who
seemed to be a person of authority among them called out sit down all of you and listen to me i
ll soon make you dry enough they all sat down at once in a large ring with the mouse in the
middle alice kept her eyes anxiously fixed on it for she felt sure she would catch a bad cold if
she did not get dry very soon ahem said the mouse with an important air are you all ready this
is the driest thing i know silence all round if you please william the conqueror whose cause was
favoured by the pope was soon submitted to by the english who wanted leaders and had been of
late much accustomed to usurpation and conquest edwin and morcar the earls of mercia and
northumbria ugh said the lory with a shiver i beg your pardon said the mouse frowning but very
politely did you speak not i said the lory hastily i thought you did said the mouse i proceed
edwin and morcar the earls of mercia and northumbria declared for him and even stigand the
patriotic archbishop of canterbury found it advisable found what said the duck found it the
mouse replied rather crossly of course you know what it means i know what it means well enough
when i find a thing said the duck it s generally a frog or a worm the question is what did the
archbishop find the mouse did not notice this question but hurriedly went on found it advisable
to go with edgar atheling to meet william and offer him the crown william s conduct at first was
moderate but the insolence of his normans how are you getting on now my dear it continued
turning to alice as it spoke as wet as ever said alice in a melancholy tone it doesn t seem to
dry me at all in that case said the dodo solemnly rising to its feet i move that the meeting
adjourn for the immediate adoption of more energetic remedies speak english said the eaglet i
don t know the meaning of half those long words and what s more i don t believe you do either
and the eaglet bent down its head to hide a smile some of the other birds tittered audibly what
i was going to say said the dodo in an offended tone was that the best thing to get us dry would
be a caucus race what is a caucus race said alice not that she wanted much to know but the dodo
had paused as if it thought that somebody ought to speak and no one else seemed inclined to say
anything why said the dodo the best way to explain it is to do it and as you might like to try
the thing yourself some winter day i will tell you how the dodo managed it first it marked out a
race course in a sort of circle the exact shape doesn t matter it said and then all the party
were placed along the course here and there there was no one two three and away but they began
running when they liked and left off when they liked so that it was not easy to know when the
race was over however when they had been running half an hour or so and were quite dry again the
dodo suddenly called out the race is over and they all crowded round it panting and asking but
who has won this question the dodo could not answer without a great deal of thought and it sat
for a long time with one finger pressed upon its forehead the position in which you usually see
shakespeare in the pictures of him while the rest waited in silence at last the dodo said
everybody has won and all must have prizes but who is to give the prizes quite a chorus of
voices asked why she of course said the dodo pointing to alice with one finger and the whole
party at once crowded round her calling out in a confused way prizes prizes alice had no idea
what to do and in despair she put her hand in her pocket and pulled out a box of comfits luckily
the salt water had not got into it and handed them round as prizes there was exactly one a piece
all round but she must have a prize herself you know said the mouse of course the dodo replied
very gravely what else have you got in your pocket he went on turning to alice only a thimble
said alice sadly hand it over here said the dodo then they all crowded round her once more while
the dodo solemnly presented the thimble saying we beg your acceptance of this elegant thimble
and when it had finished this short speech they all cheered alice thought the whole thing very
absurd but they all looked so grave that she did not dare to laugh and as she could not think of
anything to say she simply bowed and took the thimble looking as solemn as she could the next
thing was to eat the comfits this caused some noise and confusion as the large birds complained
that they could not taste theirs and the small ones choked and had to be patted on the back
however it was over at last and they sat down again in a ring and begged the mouse to tell them
something more you promised to tell me your history you know said alice and why it is you hate c
and d she added in a whisper half afraid that it would be offended again mine is a long and a
sad tale said the mouse turning to alice and sighing it is a long tail certainly said alice
looking down with wonder at the mouse s tail but why do you call it sad and she kept on puzzling
about it while the mouse was speaking so that her idea of the tale was something like this fury
said to a mouse that he met in the house let us both go to law i will prosecute you come i ll
take no denial we must have a trial for really this morning i ve nothing to do said the mouse to
the cur such a trial dear sir with no jury or judge would be wasting our breath i ll be judge i
ll be jury said cunning old fury i ll try the whole cause and condemn you to death you are not
attending said the mouse to alice severely what are you thinking of i beg your pardon said alice
very humbly you had got to the fifth bend i think i had not cried the mouse sharply and very
angrily a knot said alice always ready to make herself useful and looking anxiously about her oh
do let me help to undo it i shall do nothing of the sort said the mouse getting up and walking
away you insult me by talking such nonsense i didn t mean it pleaded poor alice but you re so
easily offended you know the mouse only growled in reply please come back and finish your story
alice called after it and the others all joined in chorus yes please do but the mouse only shook
its head impatiently and walked a little quicker what a pity it wouldn t stay sighed the lory as
soon as it was quite out of sight and an old crab took the opportunity of saying to her daughter
ah my dear let this be a lesson to you never to lose your temper hold your tongue ma said the
young crab a little snappishly you re enough to try the patience of an oyster i wish i had our
dinah here i know i do said alice aloud addressing nobody in particular she d soon fetch it back
and who is dinah if i might venture to ask the question said the lory alice replied eagerly for
she was always ready to talk about her pet dinah s our cat and she s such a capital one for
catching mice you can t think and oh i wish you could see her after the birds why she ll eat a
little bird as soon as look at it this speech caused a remarkable sensation among the party some
of the birds hurried off at once one the old magpie began wrapping itself up very carefully
remarking i really must be getting home the night air doesn t suit my throat and a canary called
out in a trembling voice to its children come away my dears it s high time you were all in bed
on various pretexts they all moved off and alice was soon left alone i wish i hadn t mentioned
dinah she said to herself in a melancholy tone nobody seems to like her down here and i m sure
she s the best cat in the world oh my dear dinah i wonder if i shall ever see you any more and
here poor alice began to cry again for she felt very lonely and low spirited in a little while
however she again heard a little pattering of footsteps in the distance and she looked up
eagerly half hoping that the mouse had changed his mind and was coming back to finish his story

the rabbit sends in a little bill it was the white rabbit trotting slowly back again and looking
anxiously about as it went as if it had lost something and she heard it muttering to itself the
duchess the duchess oh my dear paws oh my fur and whiskers she ll get me executed as sure as
ferrets are ferrets where can i have dropped them i wonder alice guessed in a moment that it was
looking for the fan and the pair of white kid gloves and she very good naturedly began hunting
about for them but they were nowhere to be seen everything seemed to have changed since her swim
in the pool and the great hall with the glass table and the little door had vanished completely
very soon the rabbit noticed alice as she went hunting about and called out to her in an angry
tone why mary ann what are you doing out here run home this moment and fetch me a pair of gloves
and a fan quick now and alice was so much frightened that she ran off at once in the direction
it pointed to without trying to explain the mistake it had made he took me for his housemaid she
said to herself as she ran how surprised he ll be when he finds out who i am but i d better take
him his fan and gloves that is if i can find them as she said this she came upon a neat little
house on the door of which was a bright brass plate with the name w rabbit engraved upon it she
went in without knocking and hurried upstairs in great fear lest she should meet the real mary
ann and be turned out of the house before she had found the fan and gloves how queer it seems
alice said to herself to be going messages for a rabbit i suppose dinah ll be sending me on
messages next and she began fancying the sort of thing that would happen miss alice come here
directly and get ready for your walk coming in a minute nurse but i ve got to see that the mouse
doesn t get out only i don t think alice went on that they d let dinah stop in the house if it
began ordering people about like that by this time she had found her way into a tidy little room
with a table in the window and on it as she had hoped a fan and two or three pairs of tiny white
kid gloves she took up the fan and a pair of the gloves and was just going to leave the room
when her eye fell upon a little bottle that stood near the looking glass there was no label this
time with the words drink me but nevertheless she uncorked it and put it to her lips i know
something interesting is sure to happen she said to herself whenever i eat or drink anything so
i ll just see what this bottle does i do hope it ll make me grow large again for really i m
quite tired of being such a tiny little thing it did so indeed and much sooner than she had
expected before she had drunk half the bottle she found her head pressing against the ceiling
and had to stoop to save her neck from being broken she hastily put down the bottle saying to
herself that s quite enough i hope i shan t grow any more as it is i can t get out at the door i
do wish i hadn t drunk quite so much alas it was too late to wish that she went on growing and
growing and very soon had to kneel down on the floor in another minute there was not even room
for this and she tried the effect of lying down with one elbow against the door and the other
arm curled round her head still she went on growing and as a last resource she put one arm out
of the window and one foot up the chimney and said to herself now i can do no more whatever
happens what will become of me luckily for alice the little magic bottle had now had its full
effect and she grew no larger still it was very uncomfortable and as there seemed to be no sort
of chance of her ever getting out of the room again no wonder she felt unhappy it was much
pleasanter at home thought poor alice when one wasn t always growing larger and smaller and
being ordered about by mice and rabbits i almost wish i hadn t gone down that rabbit hole and
yet and yet it s rather curious you know this sort of life i do wonder what can have happened to
me when i used to read fairy tales i fancied that kind of thing never happened and now here i am
in the middle of one there ought to be a book written about me that there ought and when i grow
up i ll write one but i m grown up now she added in a sorrowful tone at least there s no room to
grow up any more here but then thought alice shall i never get any older than i am now that ll
be a comfort one way never to be an old woman but then always to have lessons to learn oh i
shouldn t like that oh you foolish alice she answered herself how can you learn lessons in here
why there s hardly room for you and no room at all for any lesson books and so she went on
taking first one side and then the other and making quite a conversation of it altogether but
after a few minutes she heard a voice outside and stopped to listen mary ann mary ann said the
voice fetch me my gloves this moment then came a little pattering of feet on the stairs alice
knew it was the rabbit coming to look for her and she trembled till she shook the house quite
forgetting that she was now about a thousand times as large as the rabbit and had no reason to
be afraid of it presently the rabbit came up to the door and tried to open it but as the door
opened inwards and alice s elbow was pressed hard against it that attempt proved a failure alice
heard it say to itself then i ll go round and get in at the window that you won t thought alice
and after waiting till she fancied she heard the rabbit just under the window she suddenly
spread out her hand and made a snatch in the air she did not get hold of anything but she heard
a little shriek and a fall and a crash of broken glass from which she concluded that it was just
possible it had fallen into a cucumber frame or something of the sort next came an angry voice
the rabbit s pat pat where are you and then a voice she had never heard before sure then i m
here digging for apples yer honour digging for apples indeed said the rabbit angrily here come
and help me out of this sounds of more broken glass now tell me pat what s that in the window
sure it s an arm yer honour he pronounced it arrum an arm you goose who ever saw one that size
why it fills the whole window sure it does yer honour but it s an arm for all that well it s got
no business there at any rate go and take it away there was a long silence after this and alice
could only hear whispers now and then such as sure i don t like it yer honour at all at all do
as i tell you you coward and at last she spread out her hand again and made another snatch in
the air this time there were two little shrieks and more sounds of broken glass what a number of
cucumber frames there must be thought alice i wonder what they ll do next as for pulling me out
of the window i only wish they could i m sure i don t want to stay in here any longer she waited
for some time without hearing anything more at last came a rumbling of little cartwheels and the
sound of a good many voice all talking together she made out the words where s the other ladder
why i hadn t to bring but one bill s got the other bill fetch it here lad here put em up at this
corner no tie em together first they don t reach half high enough yet oh they ll do well enough
don t be particular here bill catch hold of this rope will the roof bear mind that loose slate
oh it s coming down heads below a loud crash now who did that it was bill i fancy who s to go
down the chimney nay i shan t you do it that i won t then bill s to go down here bill the master
says you re to go down the chimney oh so bill s got to come down the chimney has he said alice
to herself shy they seem to put everything upon bill i wouldn t be in bill s place for a good
deal this fireplace is narrow to be sure but i think i can kick a little she drew her foot as
far down the chimney as she could and waited till she heard a little animal she couldn t guess
of what sort it was scratching and scrambling about in the chimney close above her then saying
to herself this is bill she gave one sharp kick and waited to see what would happen next the
first thing she heard was a general chorus of there goes bill then the rabbit s voice along
catch him you by the hedge then silence and then another confusion of voices hold up his head
brandy now don t choke him how was it old fellow what happened to you tell us all about it last
came a little feeble squeaking voice that s bill thought alice well i hardly know no more thank
ye i m better now but i m a deal too flustered to tell you all i know is something comes at me
like a jack in the box and up i goes like a sky rocket so you did old fellow said the others we
must burn the house down said the rabbit s voice and alice called out as loud as she could if
you do i ll set dinah at you there was a dead silence instantly and alice thought to herself i
wonder what they will do next if they had any sense they d take the roof off after a minute or
two they began moving about again and alice heard the rabbit say a barrowful will do to begin
with a barrowful of what thought alice but she had not long to doubt for the next moment a
shower of little pebbles came rattling in at the window and some of them hit her in the face i
ll put a stop to this she said to herself and shouted out you d better not do that again which
produced another dead silence alice noticed with some surprise that the pebbles were all turning
into little cakes as they lay on the floor and a bright idea came into her head if i eat one of
these cakes she thought it s sure to make some change in my size and as it can t possibly make
me larger it must make me smaller i suppose so she swallowed one of the cakes and was delighted
to find that she began shrinking directly as soon as she was small enough to get through the
door she ran out of the house and found quite a crowd of little animals and birds waiting
outside the poor little lizard bill was in the middle being held up by two guinea pigs who were
giving it something out of a bottle they all made a rush at alice the moment she appeared but
she ran off as hard as she could and soon found herself safe in a thick wood the first thing i
ve got to do said alice to herself as she wandered about in the wood is to grow to my right size
again and the second thing is to find my way into that lovely garden i think that will be the
best plan it sounded an excellent plan no doubt and very neatly and simply arranged the only
difficulty was that she had not the smallest idea how to set about it and while she was peering
about anxiously among the trees a little sharp bark just over her head made her look up in a
great hurry an enormous puppy was looking down at her with large round eyes and feebly
stretching out one paw trying to touch her poor little thing said alice in a coaxing tone and
she tried hard to whistle to it but she was terribly frightened all the time at the thought that
it might be hungry in which case it would be very likely to eat her up in spite of all her
coaxing hardly knowing what she did she picked up a little bit of stick and held it out to the
puppy whereupon the puppy jumped into the air off all its feet at once with a yelp of delight
and rushed at the stick and made believe to worry it then alice dodged behind a great thistle to
keep herself from being run over and the moment she appeared on the other side the puppy made
another rush at the stick and tumbled head over heels in its hurry to get hold of it then alice
thinking it was very like having a game of play with a cart horse and expecting every moment to
be trampled under its feet ran round the thistle again then the puppy began a series of short
charges at the stick running a very little way forwards each time and a long way back and
barking hoarsely all the while till at last it sat down a good way off panting with its tongue
hanging out of its mouth and its great eyes half shut this seemed to alice a good opportunity
for making her escape so she set off at once and ran till she was quite tired and out of breath
and till the puppy s bark sounded quite faint in the distance and yet what a dear little puppy
it was said alice as she leant against a buttercup to rest herself and fanned herself with one
of the leaves i should have liked teaching it tricks very much if if i d only been the right
size to do it oh dear i d nearly forgotten that i ve got to grow up again let me see how is it
to be managed i suppose i ought to eat or drink something or other but the great question is
what the great question certainly was what alice looked all round her at the flowers and the
blades of grass but she did not see anything that looked like the right thing to eat or drink
under the circumstances there was a large mushroom growing near her about the same height as
herself and when she had looked under it and on both sides of it and behind it it occurred to
her that she might as well look and see what was on the top of it she stretched herself up on
tiptoe and peeped over the edge of the mushroom and her eyes immediately met those of a large
caterpillar that was sitting on the top with its arms folded quietly smoking a long hookah and
taking not the smallest notice of her or of anything else

advice from a caterpillar the caterpillar and alice looked at each other for some time in
silence at last the caterpillar took the hookah out of its mouth and addressed her in a languid
sleepy voice who are you said the caterpillar this was not an encouraging opening for a
conversation alice replied rather shyly i i hardly know sir just at present at least i know who
i was when i got up this morning but i think i must have been changed several times since then
what do you mean by that said the caterpillar sternly explain yourself i can t explain myself i
m afraid sir said alice because i m not myself you see i don t see said the caterpillar i m
afraid i can t put it more clearly alice replied very politely for i can t understand it myself
to begin with and being so many different sizes in a day is very confusing it isn t said the
caterpillar well perhaps you haven t found it so yet said alice but when you have to turn into a
chrysalis you will some day you know and then after that into a butterfly i should think you ll
feel it a little queer won t you not a bit said the caterpillar well perhaps your feelings may
be different said alice all i know is it would feel very queer to me you said the caterpillar
contemptuously who are you which brought them back again to the beginning of the conversation
alice felt a little irritated at the caterpillar s making such very short remarks and she drew
herself up and said very gravely i think you ought to tell me who you are first why said the
caterpillar here was another puzzling question and as alice could not think of any good reason
and as the caterpillar seemed to be in a very unpleasant state of mind she turned away come back
the caterpillar called after her i ve something important to say this sounded promising
certainly alice turned and came back again keep your temper said the caterpillar is that all
said alice swallowing down her anger as well as she could no said the caterpillar alice thought
she might as well wait as she had nothing else to do and perhaps after all it might tell her
something worth hearing for some minutes it puffed away without speaking but at last it unfolded
its arms took the hookah out of its mouth again and said so you think you re changed do you i m
afraid i am sir said alice i can t remember things as i used and i don t keep the same size for
ten minutes together can t remember what things said the caterpillar well i ve tried to say how
doth the little busy bee but it all came different alice replied in a very melancholy voice
repeat you are old father william said the caterpillar alice folded her hands and began you are
old father william the young man said and your hair has become very white and yet you
incessantly stand on your head do you think at your age it is right in my youth father william
replied to his son i feared it might injure the brain but now that i m perfectly sure i have
none why i do it again and again you are old said the youth as i mentioned before and have grown
most uncommonly fat yet you turned a back somersault in at the door pray what is the reason of
that in my youth said the sage as he shook his grey locks i kept all my limbs very supple by the
use of this ointment one shilling the box allow me to sell you a couple you are old said the
youth and your jaws are too weak for anything tougher than suet yet you finished the goose with
the bones and the beak pray how did you manage to do it in my youth said his father i took to
the law and argued each case with my wife and the muscular strength which it gave to my jaw has
lasted the rest of my life you are old said the youth one would hardly suppose that your eye was
as steady as ever yet you balanced an eel on the end of your nose what made you so awfully
clever i have answered three questions and that is enough said his father don t give yourself
airs do you think i can listen all day to such stuff be off or i ll kick you down stairs that is
not said right said the caterpillar not quite right i m afraid said alice timidly some of the
words have got altered it is wrong from beginning to end said the caterpillar decidedly and
there was silence for some minutes the caterpillar was the first to speak what size do you want
to be it asked oh i m not particular as to size alice hastily replied only one doesn t like
changing so often you know i don t know said the caterpillar alice said nothing she had never
been so much contradicted in her life before and she felt that she was losing her temper are you
content now said the caterpillar well i should like to be a little larger sir if you wouldn t
mind said alice three inches is such a wretched height to be it is a very good height indeed
said the caterpillar angrily rearing itself upright as it spoke it was exactly three inches high
but i m not used to it pleaded poor alice in a piteous tone and she thought of herself i wish
the creatures wouldn t be so easily offended you ll get used to it in time said the caterpillar
and it put the hookah into its mouth and began smoking again this time alice waited patiently
until it chose to speak again in a minute or two the caterpillar took the hookah out of its
mouth and yawned once or twice and shook itself then it got down off the mushroom and crawled
away in the grass merely remarking as it went one side will make you grow taller and the other
side will make you grow shorter one side of what the other side of what thought alice to herself
of the mushroom said the caterpillar just as if she had asked it aloud and in another moment it
was out of sight alice remained looking thoughtfully at the mushroom for a minute trying to make
out which were the two sides of it and as it was perfectly round she found this a very difficult
question however at last she stretched her arms round it as far as they would go and broke off a
bit of the edge with each hand and now which is which she said to herself and nibbled a little
of the right hand bit to try the effect the next moment she felt a violent blow underneath her
chin it had struck her foot she was a good deal frightened by this very sudden change but she
felt that there was no time to be lost as she was shrinking rapidly so she set to work at once
to eat some of the other bit her chin was pressed so closely against her foot that there was
hardly room to open her mouth but she did it at last and managed to swallow a morsel of the
lefthand bit come my head s free at last said alice in a tone of delight which changed into
alarm in another moment when she found that her shoulders were nowhere to be found all she could
see when she looked down was an immense length of neck which seemed to rise like a stalk out of
a sea of green leaves that lay far below her what can all that green stuff be said alice and
where have my shoulders got to and oh my poor hands how is it i can t see you she was moving
them about as she spoke but no result seemed to follow except a little shaking among the distant
green leaves as there seemed to be no chance of getting her hands up to her head she tried to
get her head down to them and was delighted to find that her neck would bend about easily in any
direction like a serpent she had just succeeded in curving it down into a graceful zigzag and
was going to dive in among the leaves which she found to be nothing but the tops of the trees
under which she had been wandering when a sharp hiss made her draw back in a hurry a large
pigeon had flown into her face and was beating her violently with its wings serpent screamed the
pigeon i m not a serpent said alice indignantly let me alone serpent i say again repeated the
pigeon but in a more subdued tone and added with a kind of sob i ve tried every way and nothing
seems to suit them i haven t the least idea what you re talking about said alice i ve tried the
roots of trees and i ve tried banks and i ve tried hedges the pigeon went on without attending
to her but those serpents there s no pleasing them alice was more and more puzzled but she
thought there was no use in saying anything more till the pigeon had finished as if it wasn t
trouble enough hatching the eggs said the pigeon but i must be on the look out for serpents
night and day why i haven t had a wink of sleep these three weeks i m very sorry you ve been
annoyed said alice who was beginning to see its meaning and just as i d taken the highest tree
in the wood continued the pigeon raising its voice to a shriek and just as i was thinking i
should be free of them at last they must needs come wriggling down from the sky ugh serpent but
i m not a serpent i tell you said alice i m a i m a well what are you said the pigeon i can see
you re trying to invent something i i m a little girl said alice rather doubtfully as she
remembered the number of changes she had gone through that day a likely story indeed said the
pigeon in a tone of the deepest contempt i ve seen a good many little girls in my time but never
one with such a neck as that no no you re a serpent and there s no use denying it i suppose you
ll be telling me next that you never tasted an egg i have tasted eggs certainly said alice who
was a very truthful child but little girls eat eggs quite as much as serpents do you know i don
t believe it said the pigeon but if they do why then they re a kind of serpent that s all i can
say this was such a new idea to alice that she was quite silent for a minute or two which gave
the pigeon the opportunity of adding you re looking for eggs i know that well enough and what
does it matter to me whether you re a little girl or a serpent it matters a good deal to me said
alice hastily but i m not looking for eggs as it happens and if i was i shouldn t want yours i
don t like them raw well be off then said the pigeon in a sulky tone as it settled down again
into its nest alice crouched down among the trees as well as she could for her neck kept getting
entangled among the branches and every now and then she had to stop and untwist it after a while
she remembered that she still held the pieces of mushroom in her hands and she set to work very
carefully nibbling first at one and then at the other and growing sometimes taller and sometimes
shorter until she had succeeded in bringing herself down to her usual height it was so long
since she had been anything near the right size that it felt quite strange at first but she got
used to it in a few minutes and began talking to herself as usual come there s half my plan done
now how puzzling all these changes are i m never sure what i m going to be from one minute to
another however i ve got back to my right size the next thing is to get into that beautiful
garden how is that to be done i wonder as she said this she came suddenly upon an open place
with a little house in it about four feet high whoever lives there thought alice it ll never do
to come upon them this size why i should frighten them out of their wits so she began nibbling
at the righthand bit again and did not venture to go near the house till she had brought herself
down to nine inches high

pig and pepper for a minute or two she stood looking at the house and wondering what to do next
when suddenly a footman in livery came running out of the wood she considered him to be a
footman because he was in livery otherwise judging by his face only she would have called him a
fish and rapped loudly at the door with his knuckles it was opened by another footman in livery
with a round face and large eyes like a frog and both footmen alice noticed had powdered hair
that curled all over their heads she felt very curious to know what it was all about and crept a
little way out of the wood to listen the fish footman began by producing from under his arm a
great letter nearly as large as himself and this he handed over to the other saying in a solemn
tone for the duchess an invitation from the queen to play croquet the frog footman repeated in
the same solemn tone only changing the order of the words a little from the queen an invitation
for the duchess to play croquet then they both bowed low and their curls got entangled together
alice laughed so much at this that she had to run back into the wood for fear of their hearing
her and when she next peeped out the fish footman was gone and the other was sitting on the
ground near the door staring stupidly up into the sky alice went timidly up to the door and
knocked there s no sort of use in knocking said the footman and that for two reasons first
because i m on the same side of the door as you are secondly because they re making such a noise
inside no one could possibly hear you and certainly there was a most extraordinary noise going
on within a constant howling and sneezing and every now and then a great crash as if a dish or
kettle had been broken to pieces please then said alice how am i to get in there might be some
sense in your knocking the footman went on without attending to her if we had the door between
us for instance if you were inside you might knock and i could let you out you know he was
looking up into the sky all the time he was speaking and this alice thought decidedly uncivil
but perhaps he can t help it she said to herself his eyes are so very nearly at the top of his
head but at any rate he might answer questions how am i to get in she repeated aloud i shall sit
here the footman remarked till tomorrow at this moment the door of the house opened and a large
plate came skimming out straight at the footman s head it just grazed his nose and broke to
pieces against one of the trees behind him or next day maybe the footman continued in the same
tone exactly as if nothing had happened how am i to get in asked alice again in a louder tone
are you to get in at all said the footman that s the first question you know it was no doubt
only alice did not like to be told so it s really dreadful she muttered to herself the way all
the creatures argue it s enough to drive one crazy the footman seemed to think this a good
opportunity for repeating his remark with variations i shall sit here he said on and off for
days and days but what am i to do said alice anything you like said the footman and began
whistling oh there s no use in talking to him said alice desperately he s perfectly idiotic and
she opened the door and went in the door led right into a large kitchen which was full of smoke
from one end to the other the duchess was sitting on a three legged stool in the middle nursing
a baby the cook was leaning over the fire stirring a large cauldron which seemed to be full of
soup there s certainly too much pepper in that soup alice said to herself as well as she could
for sneezing there was certainly too much of it in the air even the duchess sneezed occasionally
and as for the baby it was sneezing and howling alternately without a moment s pause the only
things in the kitchen that did not sneeze were the cook and a large cat which was sitting on the
hearth and grinning from ear to ear please would you tell me said alice a little timidly for she
was not quite sure whether it was good manners for her to speak first why your cat grins like
that it s a cheshire cat said the duchess and that s why pig she said the last word with such
sudden violence that alice quite jumped but she saw in another moment that it was addressed to
the baby and not to her so she took courage and went on again i didn t know that cheshire cats
always grinned in fact i didn t know that cats could grin they all can said the duchess and most
of em do i don t know of any that do alice said very politely feeling quite pleased to have got
into a conversation you don t know much said the duchess and that s a fact alice did not at all
like the tone of this remark and thought it would be as well to introduce some other subject of
conversation while she was trying to fix on one the cook took the cauldron of soup off the fire
and at once set to work throwing everything within her reach at the duchess and the baby the
fire irons came first then followed a shower of saucepans plates and dishes the duchess took no
notice of them even when they hit her and the baby was howling so much already that it was quite
impossible to say whether the blows hurt it or not oh please mind what you re doing cried alice
jumping up and down in an agony of terror oh there goes his precious nose as an unusually large
saucepan flew close by it and very nearly carried it off if everybody minded their own business
the duchess said in a hoarse growl the world would go round a deal faster than it does which
would not be an advantage said alice who felt very glad to get an opportunity of showing off a
little of her knowledge just think of what work it would make with the day and night you see the
earth takes twenty four hours to turn round on its axis talking of axes said the duchess chop
off her head alice glanced rather anxiously at the cook to see if she meant to take the hint but
the cook was busily stirring the soup and seemed not to be listening so she went on again twenty
four hours i think or is it twelve i oh don t bother me said the duchess i never could abide
figures and with that she began nursing her child again singing a sort of lullaby to it as she
did so and giving it a violent shake at the end of every line speak roughly to your little boy
and beat him when he sneezes he only does it to annoy because he knows it teases chorus in which
the cook and the baby joined wow wow wow while the duchess sang the second verse of the song she
kept tossing the baby violently up and down and the poor little thing howled so that alice could
hardly hear the words i speak severely to my boy i beat him when he sneezes for he can
thoroughly enjoy the pepper when he pleases chorus wow wow wow here you may nurse it a bit if
you like the duchess said to alice flinging the baby at her as she spoke i must go and get ready
to play croquet with the queen and she hurried out of the room the cook threw a frying pan after
her as she went out but it just missed her alice caught the baby with some difficulty as it was
a queer shaped little creature and held out its arms and legs in all directions just like a star
fish thought alice the poor little thing was snorting like a steam engine when she caught it and
kept doubling itself up and straightening itself out again so that altogether for the first
minute or two it was as much as she could do to hold it as soon as she had made out the proper
way of nursing it which was to twist it up into a sort of knot and then keep tight hold of its
right ear and left foot so as to prevent its undoing itself she carried it out into the open air
if i don t take this child away with me thought alice they re sure to kill it in a day or two
wouldn t it be murder to leave it behind she said the last words out loud and the little thing
grunted in reply it had left off sneezing by this time don t grunt said alice that s not at all
a proper way of expressing yourself the baby grunted again and alice looked very anxiously into
its face to see what was the matter with it there could be no doubt that it had a very turn up
nose much more like a snout than a real nose also its eyes were getting extremely small for a
baby altogether alice did not like the look of the thing at all but perhaps it was only sobbing
she thought and looked into its eyes again to see if there were any tears no there were no tears
if you re going to turn into a pig my dear said alice seriously i ll have nothing more to do
with you mind now the poor little thing sobbed again or grunted it was impossible to say which
and they went on for some while in silence alice was just beginning to think to herself now what
am i to do with this creature when i get it home when it grunted again so violently that she
looked down into its face in some alarm this time there could be no mistake about it it was
neither more nor less than a pig and she felt that it would be quite absurd for her to carry it
further so she set the little creature down and felt quite relieved to see it trot away quietly
into the wood if it had grown up she said to herself it would have made a dreadfully ugly child
but it makes rather a handsome pig i think and she began thinking over other children she knew
who might do very well as pigs and was just saying to herself if one only knew the right way to
change them when she was a little startled by seeing the cheshire cat sitting on a bough of a
tree a few yards off the cat only grinned when it saw alice it looked good natured she thought
still it had very long claws and a great many teeth so she felt that it ought to be treated with
respect cheshire puss she began rather timidly as she did not at all know whether it would like
the name however it only grinned a little wider come it s pleased so far thought alice and she
went on would you tell me please which way i ought to go from here that depends a good deal on
where you want to get to said the cat i don t much care where said alice then it doesn t matter
which way you go said the cat so long as i get somewhere alice added as an explanation oh you re
sure to do that said the cat if you only walk long enough alice felt that this could not be
denied so she tried another question what sort of people live about here in that direction the
cat said waving its right paw round lives a hatter and in that direction waving the other paw
lives a march hare visit either you like they re both mad but i don t want to go among mad
people alice remarked oh you can t help that said the cat we re all mad here i m mad you re mad
how do you know i m mad said alice you must be said the cat or you wouldn t have come here alice
didn t think that proved it at all however she went on and how do you know that you re mad to
begin with said the cat a dog s not mad you grant that i suppose so said alice well then the cat
went on you see a dog growls when it s angry and wags its tail when it s pleased now i growl
when i m pleased and wag my tail when i m angry therefore i m mad i call it purring not growling
said alice call it what you like said the cat do you play croquet with the queen to day i should
like it very much said alice but i haven t been invited yet you ll see me there said the cat and
vanished alice was not much surprised at this she was getting so used to queer things happening
while she was looking at the place where it had been it suddenly appeared again by the bye what
became of the baby said the cat i d nearly forgotten to ask it turned into a pig alice quietly
said just as if it had come back in a natural way i thought it would said the cat and vanished
again alice waited a little half expecting to see it again but it did not appear and after a
minute or two she walked on in the direction in which the march hare was said to live i ve seen
hatters before she said to herself the march hare will be much the most interesting and perhaps
as this is may it won t be raving mad at least not so mad as it was in march as she said this
she looked up and there was the cat again sitting on a branch of a tree did you say pig or fig
said the cat i said pig replied alice and i wish you wouldn t keep appearing and vanishing so
suddenly you make one quite giddy all right said the cat and this time it vanished quite slowly
beginning with the end of the tail and ending with the grin which remained some time after the
rest of it had gone well i ve often seen a cat without a grin thought alice but a grin without a
cat it s the most curious thing i ever say in my life she had not gone much farther before she
came in sight of the house of the march hare she thought it must be the right house because the
chimneys were shaped like ears and the roof was thatched with fur it was so large a house that
she did not like to go nearer till she had nibbled some more of the lefthand bit of mushroom and
raised herself to about two feet high even then she walked up towards it rather timidly saying
to herself suppose it should be raving mad after all i almost wish i d gone to see the hatter
instead

a mad tea party there was a table set out under a tree in front of the house and the march hare
and the hatter were having tea at it a dormouse was sitting between them fast asleep and the
other two were using it as a cushion resting their elbows on it and the talking over its head
very uncomfortable for the dormouse thought alice only as it s asleep i suppose it doesn t mind
the table was a large one but the three were all crowded together at one corner of it no room no
room they cried out when they saw alice coming there s plenty of room said alice indignantly and
she sat down in a large arm chair at one end of the table have some wine the march hare said in
an encouraging tone alice looked all round the table but there was nothing on it but tea i don t
see any wine she remarked there isn t any said the march hare then it wasn t very civil of you
to offer it said alice angrily it wasn t very civil of you to sit down without being invited
said the march hare i didn t know it was your table said alice it s laid for a great many more
than three your hair wants cutting said the hatter he had been looking at alice for some time
with great curiosity and this was his first speech you should learn not to make personal remarks
alice said with some severity it s very rude the hatter opened his eyes very wide on hearing
this but all he said was why is a raven like a writing desk come we shall have some fun now
thought alice i m glad they ve begun asking riddles i believe i can guess that she added aloud
do you mean that you think you can find out the answer to it said the march hare exactly so said
alice then you should say what you mean the march hare went on i do alice hastily replied at
least at least i mean what i say that s the same thing you know not the same thing a bit said
the hatter you might just as well say that i see what i eat is the same thing as i eat what i
see you might just as well say added the march hare that i like what i get is the same thing as
i get what i like you might just as well say added the dormouse who seemed to be talking in his
sleep that i breathe when i sleep is the same thing as i sleep when i breathe it is the same
thing with you said the hatter and here the conversation dropped and the party sat silent for a
minute while alice thought over all she could remember about ravens and writing desks which wasn
t much the hatter was the first to break the silence what day of the month is it he said turning
to alice he had taken his watch out of his pocket and was looking at it uneasily shaking it
every now and then and holding it to his ear alice considered a little and then said the fourth
two days wrong sighed the hatter i told you butter wouldn t suit the works he added looking
angrily at the march hare it was the best butter the march hare meekly replied yes but some
crumbs must have got in as well the hatter grumbled you shouldn t have put it in with the bread
knife the march hare took the watch and looked at it gloomily then he dipped it into his cup of
tea and looked at it again but he could think of nothing better to say than his first remark it
was the best butter you know alice had been looking over his shoulder with some curiosity what a
funny watch she remarked it tells the day of the month and doesn t tell what o clock it is why
should it muttered the hatter does your watch tell you what year it is of course not alice
replied very readily but that s because it stays the same year for such a long time together
which is just the case with mine said the hatter alice felt dreadfully puzzled the hatter s
remark seemed to have no sort of meaning in it and yet it was certainly english i don t quite
understand you she said as politely as she could the dormouse is asleep again said the hatter
and he poured a little hot tea upon its nose the dormouse shook its head impatiently and said
without opening its eyes of course of course just what i was going to remark myself have you
guessed the riddle yet the hatter said turning to alice again no i give it up alice replied what
s the answer i haven t the slightest idea said the hatter nor i said the march hare alice sighed
wearily i think you might do something better with the time she said than waste it in asking
riddles that have no answers if you knew time as well as i do said the hatter you wouldn t talk
about wasting it it s him i don t know what you mean said alice of course you don t the hatter
said tossing his head contemptuously i dare say you never even spoke to time perhaps not alice
cautiously replied but i know i have to beat time when i learn music ah that accounts for it
said the hatter he won t stand beating now if you only kept on good terms with him he d do
almost anything you liked with the clock for instance suppose it were nine o clock in the
morning just time to begin lessons you d only have to whisper a hint to time and round goes the
clock in a twinkling half past one time for dinner i only wish it was the march hare said to
itself in a whisper that would be grand certainly said alice thoughtfully but then i shouldn t
be hungry for it you know not at first perhaps said the hatter but you could keep it to half
past one as long as you liked is that the way you manage alice asked the hatter shook his head
mournfully not i he replied we quarrelled last march just before he went mad you know pointing
with his tea spoon at the march hare it was at the great concert given by the queen of hearts
and i had to sing twinkle twinkle little bat how i wonder what you re at you know the song
perhaps i ve heard something like it said alice it goes on you know the hatter continued in this
way up above the world you fly like a tea tray in the sky twinkle twinkle here the dormouse
shook itself and began singing in its sleep twinkle twinkle twinkle twinkle and went on so long
that they had to pinch it to make it stop well i d hardly finished the first verse said the
hatter when the queen jumped up and bawled out he s murdering the time off with his head how
dreadfully savage exclaimed alice and ever since that the hatter went on in a mournful tone he
won t do a thing i ask it s always six o clock now a bright idea came into alice s head is that
the reason so many tea things are put out here she asked yes that s it said the hatter with a
sigh it s always tea time and we ve no time to wash the things between whiles then you keep
moving round i suppose said alice exactly so said the hatter as the things get used up but what
happens when you come to the beginning again alice ventured to ask suppose we change the subject
the march hare interrupted yawning i m getting tired of this i vote the young lady tells us a
story i m afraid i don t know one said alice rather alarmed at the proposal then the dormouse
shall they both cried wake up dormouse and they pinched it on both sides at once the dormouse
slowly opened his eyes i wasn t asleep he said in a hoarse feeble voice i heard every word you
fellows were saying tell us a story said the march hare yes please do pleaded alice and be quick
about it added the hatter or you ll be asleep again before it s done once upon a time there were
three little sisters the dormouse began in a great hurry and their names were elsie lacie and
tillie and they lived at the bottom of a well what did they live on said alice who always took a
great interest in questions of eating and drinking they lived on treacle said the dormouse after
thinking a minute or two they couldn t have done that you know alice gently remarked they d have
been ill so they were said the dormouse very ill alice tried to fancy to herself what such an
extraordinary ways of living would be like but it puzzled her too much so she went on but why
did they live at the bottom of a well take some more tea the march hare said to alice very
earnestly i ve had nothing yet alice replied in an offended tone so i can t take more you mean
you can t take less said the hatter it s very easy to take more than nothing nobody asked your
opinion said alice who s making personal remarks now the hatter asked triumphantly alice did not
quite know what to say to this so she helped herself to some tea and bread and butter and then
turned to the dormouse and repeated her question why did they live at the bottom of a well the
dormouse again took a minute or two to think about it and then said it was a treacle well there
s no such thing alice was beginning very angrily but the hatter and the march hare went sh sh
and the dormouse sulkily remarked if you can t be civil you d better finish the story for
yourself no please go on alice said very humbly i won t interrupt again i dare say there may be
one one indeed said the dormouse indignantly however he consented to go on and so these three
little sisters they were learning to draw you know what did they draw said alice quite
forgetting her promise treacle said the dormouse without considering at all this time i want a
clean cup interrupted the hatter let s all move one place on he moved on as he spoke and the
dormouse followed him the march hare moved into the dormouse s place and alice rather
unwillingly took the place of the march hare the hatter was the only one who got any advantage
from the change and alice was a good deal worse off than before as the march hare had just upset
the milk jug into his plate alice did not wish to offend the dormouse again so she began very
cautiously but i don t understand where did they draw the treacle from you can draw water out of
a water well said the hatter so i should think you could draw treacle out of a treacle well eh
stupid but they were in the well alice said to the dormouse not choosing to notice this last
remark of course they were said the dormouse well in this answer so confused poor alice that she
let the dormouse go on for some time without interrupting it they were learning to draw the
dormouse went on yawning and rubbing its eyes for it was getting very sleepy and they drew all
manner of things everything that begins with an m why with an m said alice why not said the
march hare alice was silent the dormouse had closed its eyes by this time and was going off into
a doze but on being pinched by the hatter it woke up again with a little shriek and went on that
begins with an m such as mouse traps and the moon and memory and muchness you know you say
things are much of a muchness did you ever see such a thing as a drawing of a muchness really
now you ask me said alice very much confused i don t think then you shouldn t talk said the
hatter this piece of rudeness was more than alice could bear she got up in great disgust and
walked off the dormouse fell asleep instantly and neither of the others took the least notice of
her going though she looked back once or twice half hoping that they would call after her the
last time she saw them they were trying to put the dormouse into the teapot at any rate i ll
never go there again said alice as she picked her way through the wood it s the stupidest tea
party i ever was at in all my life just as she said this she noticed that one of the trees had a
door leading right into it that s very curious she thought but everything s curious today i
think i may as well go in at once and in she went once more she found herself in the long hall
and close to the little glass table now i ll manage better this time she said to herself and
began by taking the little golden key and unlocking the door that led into the garden then she
went to work nibbling at the mushroom she had kept a piece of it in her pocked till she was
about a foot high then she walked down the little passage and then she found herself at last in
the beautiful garden among the bright flower beds and the cool fountains

the queen s croquet ground a large rose tree stood near the entrance of the garden the roses
growing on it were white but there were three gardeners at it busily painting them red alice
thought this a very curious thing and she went nearer to watch them and just as she came up to
them she heard one of them say look out now five don t go splashing paint over me like that i
couldn t help it said five in a sulky tone seven jogged my elbow on which seven looked up and
said that s right five always lay the blame on others you d better not talk said five i heard
the queen say only yesterday you deserved to be beheaded what for said the one who had spoken
first that s none of your business two said seven yes it is his business said five and i ll tell
him it was for bringing the cook tulip roots instead of onions seven flung down his brush and
had just begun well of all the unjust things when his eye chanced to fall upon alice as she
stood watching them and he checked himself suddenly the others looked round also and all of them
bowed low would you tell me said alice a little timidly why you are painting those roses five
and seven said nothing but looked at two two began in a low voice why the fact is you see miss
this here ought to have been a red rose tree and we put a white one in by mistake and if the
queen was to find it out we should all have our heads cut off you know so you see miss we re
doing our best afore she comes to at this moment five who had been anxiously looking across the
garden called out the queen the queen and the three gardeners instantly threw themselves flat
upon their faces there was a sound of many footsteps and alice looked round eager to see the
queen first came ten soldiers carrying clubs these were all shaped like the three gardeners
oblong and flat with their hands and feet at the corners next the ten courtiers these were
ornamented all over with diamonds and walked two and two as the soldiers did after these came
the royal children there were ten of them and the little dears came jumping merrily along hand
in hand in couples they were all ornamented with hearts next came the guests mostly kings and
queens and among them alice recognised the white rabbit it was talking in a hurried nervous
manner smiling at everything that was said and went by without noticing her then followed the
knave of hearts carrying the king s crown on a crimson velvet cushion and last of all this grand
procession came the king and queen of hearts alice was rather doubtful whether she ought not to
lie down on her face like the three gardeners but she could not remember every having heard of
such a rule at processions and besides what would be the use of a procession thought she if
people had all to lie down upon their faces so that they couldn t see it so she stood still
where she was and waited when the procession came opposite to alice they all stopped and looked
at her and the queen said severely who is this she said it to the knave of hearts who only bowed
and smiled in reply idiot said the queen tossing her head impatiently and turning to alice she
went on what s your name child my name is alice so please your majesty said alice very politely
but she added to herself why they re only a pack of cards after all i needn t be afraid of them
and who are these said the queen pointing to the three gardeners who were lying round the
rosetree for you see as they were lying on their faces and the pattern on their backs was the
same as the rest of the pack she could not tell whether they were gardeners or soldiers or
courtiers or three of her own children how should i know said alice surprised at her own courage
it s no business of mine the queen turned crimson with fury and after glaring at her for a
moment like a wild beast screamed off with her head off nonsense said alice very loudly and
decidedly and the queen was silent the king laid his hand upon her arm and timidly said consider
my dear she is only a child the queen turned angrily away from him and said to the knave turn
them over the knave did so very carefully with one foot get up said the queen in a shrill loud
voice and the three gardeners instantly jumped up and began bowing to the king the queen the
royal children and everybody else leave off that screamed the queen you make me giddy and then
turning to the rose tree she went on what have you been doing here may it please your majesty
said two in a very humble tone going down on one knee as he spoke we were trying i see said the
queen who had meanwhile been examining the roses off with their heads and the procession moved
on three of the soldiers remaining behind to execute the unfortunate gardeners who ran to alice
for protection you shan t be beheaded said alice and she put them into a large flower pot that
stood near the three soldiers wandered about for a minute or two looking for them and then
quietly marched off after the others are their heads off shouted the queen their heads are gone
if it please your majesty the soldiers shouted in reply that s right shouted the queen can you
play croquet the soldiers were silent and looked at alice as the question was evidently meant
for her yes shouted alice come on then roared the queen and alice joined the procession
wondering very much what would happen next it s it s a very fine day said a timid voice at her
side she was walking by the white rabbit who was peeping anxiously into her face very said alice
where s the duchess hush hush said the rabbit in a low hurried tone he looked anxiously over his
shoulder as he spoke and then raised himself upon tiptoe put his mouth close to her ear and
whispered she s under sentence of execution what for said alice did you say what a pity the
rabbit asked no i didn t said alice i don t think it s at all a pity i said what for she boxed
the queen s ears the rabbit began alice gave a little scream of laughter oh hush the rabbit
whispered in a frightened tone the queen will hear you you see she came rather late and the
queen said get to your places shouted the queen in a voice of thunder and people began running
about in all directions tumbling up against each other however they got settled down in a minute
or two and the game began alice thought she had never seen such a curious croquet ground in her
life it was all ridges and furrows the balls were live hedgehogs the mallets live flamingoes and
the soldiers had to double themselves up and to stand on their hands and feet to make the arches
the chief difficulty alice found at first was in managing her flamingo she succeeded in getting
its body tucked away comfortably enough under her arm with its legs hanging down but generally
just as she had got its neck nicely straightened out and was going to give the hedgehog a blow
with its head it would twist itself round and look up in her face with such a puzzled expression
that she could not help bursting out laughing and when she had got its head down and was going
to begin again it was very provoking to find that the hedgehog had unrolled itself and was in
the act of crawling away besides all this there was generally a ridge or furrow in the way
wherever she wanted to send the hedgehog to and as the doubled up soldiers were always getting
up and walking off to other parts of the ground alice soon came to the conclusion that it was a
very difficult game indeed the players all played at once without waiting for turns quarrelling
all the while and fighting for the hedgehogs and in a very short time the queen was in a furious
passion and went stamping about and shouting off with his head or off with her head about once
in a minute alice began to feel very uneasy to be sure she had not as yet had any dispute with
the queen but she knew that it might happen any minute and then thought she what would become of
me they re dreadfully fond of beheading people here the great wonder is that there s any one
left alive she was looking about for some way of escape and wondering whether she could get away
without being seen when she noticed a curious appearance in the air it puzzled her very much at
first but after watching it a minute or two she made it out to be a grin and she said to herself
it s the cheshire cat now i shall have somebody to talk to how are you getting on said the cat
as soon as there was mouth enough for it to speak with alice waited till the eyes appeared and
then nodded it s no use speaking to it she thought till its ears have come or at least one of
them in another minute the whole head appeared and then alice put down her flamingo and began an
account of the game feeling very glad she had someone to listen to her the cat seemed to think
that there was enough of it now in sight and no more of it appeared i don t think they play at
all fairly alice began in rather a complaining tone and they all quarrel so dreadfully one can t
hear oneself speak and they don t seem to have any rules in particular at least if there are
nobody attends to them and you ve no idea how confusing it is all the things being alive for
instance there s the arch i ve got to go through next walking about at the other end of the
ground and i should have croqueted the queen s hedgehog just now only it ran away when it saw
mine coming how do you like the queen said the cat in a low voice not at all said alice she s so
extremely just then she noticed that the queen was close behind her listening so she went on
likely to win that it s hardly worth while finishing the game the queen smiled and passed on who
are you talking to said the king going up to alice and looking at the cat s head with great
curiosity it s a friend of mine a cheshire cat said alice allow me to introduce it i don t like
the look of it at all said the king however it may kiss my hand if it likes i d rather not the
cat remarked don t be impertinent said the king and don t look at me like that he got behind
alice as he spoke a cat may look at a king said alice i ve read that in some book but i don t
remember where well it must be removed said the king very decidedly and he called the queen who
was passing at the moment my dear i wish you would have this cat removed the queen had only one
way of settling all difficulties great or small off with his head she said without even looking
round i ll fetch the executioner myself said the king eagerly and he hurried off alice thought
she might as well go back and see how the game was going on as she heard the queen s voice in
the distance screaming with passion she had already heard her sentence three of the players to
be executed for having missed their turns and she did not like the look of things at all as the
game was in such confusion that she never knew whether it was her turn or not so she went in
search of her hedgehog the hedgehog was engaged in a fight with another hedgehog which seemed to
alice an excellent opportunity for croqueting one of them with the other the only difficulty was
that her flamingo was gone across to the other side of the garden where alice could see it
trying in a helpless sort of way to fly up into a tree by the time she had caught the flamingo
and brought it back the fight was over and both the hedgehogs were out of sight but it doesn t
matter much thought alice as all the arches are gone from this side of the ground so she tucked
it away under her arm that it might not escape again and went back for a little more
conversation with her friend when she got back to the cheshire cat she was surprised to find
quite a large crowd collected round it there was a dispute going on between the executioner the
king and the queen who were all talking at once while all the rest were quite silent and looked
very uncomfortable the moment alice appeared she was appealed to by all three to settle the
question and they repeated their arguments to her though as they all spoke at once she found it
very hard indeed to make out exactly what they said the executioner s argument was that you
couldn t cut off a head unless there was a body to cut it off from that he had never had to do
such a thing before and he wasn t going to begin at his time of life the king s argument was
that anything that had a head could be beheaded and that you weren t to talk nonsense the queen
s argument was that if something wasn t done about it in less than no time she d have everybody
executed all round it was this last remark that had made the whole party look so grave and
anxious alice could think of nothing else to say but it belongs to the duchess you d better ask
her about it she s in prison the queen said to the executioner fetch her here and the
executioner went off like an arrow the cat s head began fading away the moment he was gone and
by the time he had come back with the dutchess it had entirely disappeared so the king and the
executioner ran wildly up and down looking for it while the rest of the party went back to the
game

the mock turtle s story you can t think how glad i am to see you again you dear old thing said
the duchess as she tucked her arm affectionately into alice s and they walked off together alice
was very glad to find her in such a pleasant temper and thought to herself that perhaps it was
only the pepper that had made her so savage when they met in the kitchen when i m a duchess she
said to herself not in a very hopeful tone though i won t have any pepper in my kitchen at all
soup does very well without maybe it s always pepper that makes people hot tempered she went on
very much pleased at having found out a new kind of rule and vinegar that makes them sour and
camomile that makes them bitter and and barley sugar and such things that make children sweet
tempered i only wish people knew that then they wouldn t be so stingy about it you know she had
quite forgotten the duchess by this time and was a little startled when she heard her voice
close to her ear you re thinking about something my dear and that makes you forget to talk i can
t tell you just now what the moral of that is but i shall remember it in a bit perhaps it hasn t
one alice ventured to remark tut tut child said the duchess everything s got a moral if only you
can find it and she squeezed herself up closer to alice s side as she spoke alice did not much
like keeping so close to her first because the duchess was very ugly and secondly because she
was exactly the right height to rest her chin upon alice s shoulder and it was an uncomfortably
sharp chin however she did not like to be rude so she bore it as well as she could the game s
going on rather better now she said by way of keeping up the conversation a little tis so said
the duchess and the moral of that is oh tis love tis love that makes the world go round somebody
said alice whispered that it s done by everybody minding their own business ah well it means
much the same thing said the duchess digging her sharp little chin into alice s shoulder as she
added and the moral of that is take care of the sense and the sounds will take care of
themselves how fond she is of finding morals in things alice thought to herself i dare say you
re wondering why i don t put my arm round your waist the duchess said after a pause the reason
is that i m doubtful about the temper of your flamingo shall i try the experiment he might bite
alice cautiously replied not feeling at all anxious to have the experiment tried very true said
the duchess flamingoes and mustard both bite and the moral of that is birds of a feather flock
together only mustard isn t a bird alice remarked right as usual said the duchess what a clear
way you have of putting things it s a mineral i think said alice of course it is said the
duchess who seemed ready to agree to everything that alice said there s a large mustard mine
near here and the moral of that is the more there is of mine the less there is of yours oh i
know exclaimed alice who had not attended to this last remark it s a vegetable it doesn t look
like one but it is i quite agree with you said the duchess and the moral of that is be what you
would seem to be or if you d like it put more simply never imagine yourself not to be otherwise
than what it might appear to others that what you were or might have been was not otherwise than
what you had been would have appeared to them to be otherwise i think i should understand that
better alice said very politely if i had it written down but i can t quite follow it as you say
it that s nothing to what i could say if i chose the duchess replied in a pleased tone pray don
t trouble yourself to say it any longer than that said alice oh don t talk about trouble said
the duchess i make you a present of everything i ve said as yet a cheap sort of present thought
alice i m glad they don t give birthday presents like that but she did not venture to say it out
loud thinking again the duchess asked with another dig of her sharp little chin i ve a right to
think said alice sharply for she was beginning to feel a little worried just about as much right
said the duchess as pigs have to fly and the m but here to alice s great surprise the duchess s
voice died away even in the middle of her favourite word moral and the arm that was linked into
hers began to tremble alice looked up and there stood the queen in front of them with her arms
folded frowning like a thunderstorm a fine day your majesty the duchess began in a low weak
voice now i give you fair warning shouted the queen stamping on the ground as she spoke either
you or your head must be off and that in about half no time take your choice the duchess took
her choice and was gone in a moment let s go on with the game the queen said to alice and alice
was too much frightened to say a word but slowly followed her back to the croquet ground the
other guests had taken advantage of the queen s absence and were resting in the shade however
the moment they saw her they hurried back to the game the queen merely remarking that a moment s
delay would cost them their lives all the time they were playing the queen never left off
quarrelling with the other players and shouting off with his head or off with her head those
whom she sentenced were taken into custody by the soldiers who of course had to leave off being
arches to do this so that by the end of half an hour or so there were no arches left and all the
players except the king the queen and alice were in custody and under sentence of execution then
the queen left off quite out of breath and said to alice have you seen the mock turtle yet no
said alice i don t even know what a mock turtle is it s the thing mock turtle soup is made from
said the queen i never saw one or heard of one said alice come on then said the queen and he
shall tell you his history as they walked off together alice heard the king say in a low voice
to the company generally you are all pardoned come that s a good thing she said to herself for
she had felt quite unhappy at the number of executions the queen had ordered they very soon came
upon a gryphon lying fast asleep in the sun if you don t know what a gryphon is look at the
picture up lazy thing said the queen and take this young lady to see the mock turtle and to hear
his history i must go back and see after some executions i have ordered and she walked off
leaving alice alone with the gryphon alice did not quite like the look of the creature but on
the whole she thought it would be quite as safe to stay with it as to go after that savage queen
so she waited the gryphon sat up and rubbed its eyes then it watched the queen till she was out
of sight then it chuckled what fun said the gryphon half to itself half to alice what is the fun
said alice why she said the gryphon it s all her fancy that they never executes nobody you know
come on everybody says come on here thought alice as she went slowly after it i never was so
ordered about in all my life never they had not gone far before they saw the mock turtle in the
distance sitting sad and lonely on a little ledge of rock and as they came nearer alice could
hear him sighing as if his heart would break she pitied him deeply what is his sorrow she asked
the gryphon and the gryphon answered very nearly in the same words as before it s all his fancy
that he hasn t got no sorrow you know come on so they went up to the mock turtle who looked at
them with large eyes full of tears but said nothing this here young lady said the gryphon she
wants for to know your history she do i ll tell it her said the mock turtle in a deep hollow
tone sit down both of you and don t speak a word till i ve finished so they sat down and nobody
spoke for some minutes alice thought to herself i don t see how he can even finish if he doesn t
begin but she waited patiently once said the mock turtle at last with a deep sigh i was a real
turtle these words were followed by a very long silence broken only by an occasional exclamation
of hjckrrh from the gryphon and the constant heavy sobbing of the mock turtle alice was very
nearly getting up and saying thank you sir for your interesting story but she could not help
thinking there must be more to come so she sat still and said nothing when we were little the
mock turtle went on at last more calmly though still sobbing a little now and then we went to
school in the sea the master was an old turtle we used to call him tortoise why did you call him
tortoise if he wasn t one alice asked we called him tortoise because he taught us said the mock
turtle angrily really you are very dull you ought to be ashamed of yourself for asking such a
simple question added the gryphon and then they both sat silent and looked at poor alice who
felt ready to sink into the earth at last the gryphon said to the mock turtle drive on old
fellow don t be all day about it and he went on in these words yes we went to school in the sea
though you mayn t believe it i never said i didn t interrupted alice you did said the mock
turtle hold your tongue added the gryphon before alice could speak again the mock turtle went on
we had the best of educations in fact we went to school every day i ve been to a day school too
said alice you needn t be so proud as all that with extras asked the mock turtle a little
anxiously yes said alice we learned french and music and washing said the mock turtle certainly
not said alice indignantly ah then yours wasn t a really good school said the mock turtle in a
tone of great relief now at ours they had at the end of the bill french music and washing extra
you couldn t have wanted it much said alice living at the bottom of the sea i couldn t afford to
learn it said the mock turtle with a sigh i only took the regular course what was that inquired
alice reeling and writhing of course to begin with the mock turtle replied and then the
different branches of arithmetic ambition distraction uglification and derision i never heard of
uglification alice ventured to say what is it the gryphon lifted up both its paws in surprise
what never heard of uglifying it exclaimed you know what to beautify is i suppose yes said alice
doubtfully it means to make anything prettier well then the gryphon went on if you don t know
what to uglify is you are a simpleton alice did not feel encouraged to ask any more questions
about it so she turned to the mock turtle and said what else had you to learn well there was
mystery the mock turtle replied counting off the subjects on his flappers mystery ancient and
modern with seaography then drawling the drawling master was an old conger eel that used to come
once a week he taught us drawling stretching and fainting in coils what was that like said alice
well i can t show it you myself the mock turtle said i m too stiff and the gryphon never learnt
it hadn t time said the gryphon i went to the classics master though he was an old crab he was i
never went to him the mock turtle said with a sigh he taught laughing and grief they used to say
so he did so he did said the gryphon sighing in his turn and both creatures hid their faces in
their paws and how many hours a day did you do lessons said alice in a hurry to change the
subject ten hours the first day said the mock turtle nine the next and so on what a curious plan
exclaimed alice that s the reason they re called lessons the gryphon remarked because they
lessen from day to day this was quite a new idea to alice and she thought it over a little
before she made her next remark then the eleventh day must have been a holiday of course it was
said the mock turtle and how did you manage on the twelfth alice went on eagerly that s enough
about lessons the gryphon interrupted in a very decided tone tell her something about the games
now

the lobster quadrille the mock turtle sighed deeply and drew the back of one flapper across his
eyes he looked at alice and tried to speak but for a minute or two sobs choked his voice same as
if he had a bone in his throat said the gryphon and it set to work shaking him and punching him
in the back at last the mock turtle recovered his voice and with tears running down his cheeks
he went on again you may not have lived much under the sea i haven t said alice and perhaps you
were never even introduced to a lobster alice began to say i once tasted but checked herself
hastily and said no never so you can have no idea what a delightful thing a lobster quadrille is
no indeed said alice what sort of a dance is it why said the gryphon you first form into a line
along the sea shore two lines cried the mock turtle seals turtles salmon and so on then when you
ve cleared all the jelly fish out of the way that generally takes some time interrupted the
gryphon you advance twice each with a lobster as a partner cried the gryphon of course the mock
turtle said advance twice set to partners change lobsters and retire in same order continued the
gryphon then you know the mock turtle went on you throw the the lobsters shouted the gryphon
with a bound into the air as far out to sea as you can swim after them screamed the gryphon turn
a somersault in the sea cried the mock turtle capering wildly about back to land again and that
s all the first figure said the mock turtle suddenly dropping his voice and the two creatures
who had been jumping about like mad things all this time sat down again very sadly and quietly
and looked at alice it must be a very pretty dance said alice timidly would you like to see a
little of it said the mock turtle very much indeed said alice come let s try the first figure
said the mock turtle to the gryphon we can do without lobsters you know which shall sing oh you
sing said the gryphon i ve forgotten the words so they began solemnly dancing round and round
alice every now and then treading on her toes when they passed too close and waving their
forepaws to mark the time while the mock turtle sang this very slowly and sadly will you walk a
little faster said a whiting to a snail there s a porpoise close behind us and he s treading on
my tail see how eagerly the lobsters and the turtles all advance they are waiting on the shingle
will you come and join the dance will you won t you will you won t you will you join the dance
will you won t you will you won t you won t you join the dance you can really have no notion how
delightful it will be when they take us up and throw us with the lobsters out to sea but the
snail replied too far too far and gave a look askance said he thanked the whiting kindly but he
would not join the dance would not could not would not could not would not join the dance would
not could not would not could not could not join the dance what matters it how far we go his
scaly friend replied there is another shore you know upon the other side the further off from
england the nearer is to france then turn not pale beloved snail but come and join the dance
will you won t you will you won t you will you join the dance will you won t you will you won t
you won t you join the dance thank you it s a very interesting dance to watch said alice feeling
very glad that it was over at last and i do so like that curious song about the whiting oh as to
the whiting said the mock turtle they you ve seen them of course yes said alice i ve often seen
them at dinn she checked herself hastily i don t know where dinn may be said the mock turtle but
if you ve seen them so often of course you know what they re like i believe so alice replied
thoughtfully they have their tails in their mouths and they re all over crumbs you re wrong
about the crumbs said the mock turtle crumbs would all wash off in the sea but they have their
tails in their mouths and the reason is here the mock turtle yawned and shut his eyes tell her
about the reason and all that he said to the gryphon the reason is said the gryphon that they
would go with the lobsters to the dance so they got thrown out to sea so they had to fall a long
way so they got their tails fast in their mouths so they couldn t get them out again that s all
thank you said alice it s very interesting i never knew so much about a whiting before i can
tell you more than that if you like said the gryphon do you know why it s called a whiting i
never thought about it said alice why it does the boots and shoes the gryphon replied very
solemnly alice was thoroughly puzzled does the boots and shoes she repeated in a wondering tone
why what are your shoes done with said the gryphon i mean what makes them so shiny alice looked
down at them and considered a little before she gave her answer they re done with blacking i
believe boots and shoes under the sea the gryphon went on in a deep voice are done with a
whiting now you know and what are they made of alice asked in a tone of great curiosity soles
and eels of course the gryphon replied rather impatiently any shrimp could have told you that if
i d been the whiting said alice whose thoughts were still running on the song i d have said to
the porpoise keep back please we don t want you with us they were obliged to have him with them
the mock turtle said no wise fish would go anywhere without a porpoise wouldn t it really said
alice in a tone of great surprise of course not said the mock turtle why if a fish came to me
and told me he was going a journey i should say with what porpoise don t you mean purpose said
alice i mean what i say the mock turtle replied in an offended tone and the gryphon added come
let s hear some of your adventures i could tell you my adventures beginning from this morning
said alice a little timidly but it s no use going back to yesterday because i was a different
person then explain all that said the mock turtle no no the adventures first said the gryphon in
an impatient tone explanations take such a dreadful time so alice began telling them her
adventures from the time when she first saw the white rabbit she was a little nervous about it
just at first the two creatures got so close to her one on each side and opened their eyes and
mouths so very wide but she gained courage as she went on her listeners were perfectly quiet
till she got to the part about her repeating you are old father william to the caterpillar and
the words all coming different and then the mock turtle drew a long breath and said that s very
curious it s all about as curious as it can be said the gryphon it all came different the mock
turtle repeated thoughtfully i should like to hear her try and repeat something now tell her to
begin he looked at the gryphon as if he thought it had some kind of authority over alice stand
up and repeat tis the voice of the sluggard said the gryphon how the creatures order one about
and make one repeat lessons thought alice i might as well be at school at once however she got
up and began to repeat it but her head was so full of the lobster quadrille that she hardly knew
what she was saying and the words came very queer indeed tis the voice of the lobster i heard
him declare you have baked me too brown i must sugar my hair as a duck with its eyelids so he
with his nose trims his belt and his buttons and turns out his toes later editions continued as
follows when the sands are all dry he is gay as a lark and will talk in contemptuous tones of
the shark but when the tide rises and sharks are around his voice has a timid and tremulous
sound that s different from what i used to say when i was a child said the gryphon well i never
heard it before said the mock turtle but it sounds uncommon nonsense alice said nothing she had
sat down with her face in her hands wondering if anything would ever happen in a natural way
again i should like to have it explained said the mock turtle she can t explain it said the
gryphon hastily go on with the next verse but about his toes the mock turtle persisted how could
he turn them out with his nose you know it s the first position in dancing alice said but was
dreadfully puzzled by the whole thing and longed to change the subject go on with the next verse
the gryphon repeated impatiently it begins i passed by his garden alice did not dare to disobey
though she felt sure it would all come wrong and she went on in a trembling voice i passed by
his garden and marked with one eye how the owl and the panther were sharing a pie later editions
continued as follows the panther took pie crust and gravy and meat while the owl had the dish as
its share of the treat when the pie was all finished the owl as a boon was kindly permitted to
pocket the spoon while the panther received knife and fork with a growl and concluded the
banquet what is the use of repeating all that stuff the mock turtle interrupted if you don t
explain it as you go on it s by far the most confusing thing i ever heard yes i think you d
better leave off said the gryphon and alice was only too glad to do so shall we try another
figure of the lobster quadrille the gryphon went on or would you like the mock turtle to sing
you a song oh a song please if the mock turtle would be so kind alice replied so eagerly that
the gryphon said in a rather offended tone hm no accounting for tastes sing her turtle soup will
you old fellow the mock turtle sighed deeply and began in a voice sometimes choked with sobs to
sing this beautiful soup so rich and green waiting in a hot tureen who for such dainties would
not stoop soup of the evening beautiful soup soup of the evening beautiful soup beau ootiful soo
oop beau ootiful soo oop soo oop of the e e evening beautiful beautiful soup beautiful soup who
cares for fish game or any other dish who would not give all else for two p ennyworth only of
beautiful soup pennyworth only of beautiful soup beau ootiful soo oop beau ootiful soo oop soo
oop of the e e evening beautiful beauti ful soup chorus again cried the gryphon and the mock
turtle had just begun to repeat it when a cry of the trial s beginning was heard in the distance
come on cried the gryphon and taking alice by the hand it hurried off without waiting for the
end of the song what trial is it alice panted as she ran but the gryphon only answered come on
and ran the faster while more and more faintly came carried on the breeze that followed them the
melancholy words soo oop of the e e evening beautiful beautiful soup

who stole the tarts the king and queen of hearts were seated on their throne when they arrived
with a great crowd assembled about them all sorts of little birds and beasts as well as the
whole pack of cards the knave was standing before them in chains with a soldier on each side to
guard him and near the king was the white rabbit with a trumpet in one hand and a scroll of
parchment in the other in the very middle of the court was a table with a large dish of tarts
upon it they looked so good that it made alice quite hungry to look at them i wish they d get
the trial done she thought and hand round the refreshments but there seemed to be no chance of
this so she began looking at everything about her to pass away the time alice had never been in
a court of justice before but she had read about them in books and she was quite pleased to find
that she knew the name of nearly everything there that s the judge she said to herself because
of his great wig the judge by the way was the king and as he wore his crown over the wig look at
the frontispiece if you want to see how he did it he did not look at all comfortable and it was
certainly not becoming and that s the jury box thought alice and those twelve creatures she was
obliged to say creatures you see because some of them were animals and some were birds i suppose
they are the jurors she said this last word two or three times over to herself being rather
proud of it for she thought and rightly too that very few little girls of her age knew the
meaning of it at all however jury men would have done just as well the twelve jurors were all
writing very busily on slates what are they doing alice whispered to the gryphon they can t have
anything to put down yet before the trial s begun they re putting down their names the gryphon
whispered in reply for fear they should forget them before the end of the trial stupid things
alice began in a loud indignant voice but she stopped hastily for the white rabbit cried out
silence in the court and the king put on his spectacles and looked anxiously round to make out
who was talking alice could see as well as if she were looking over their shoulders that all the
jurors were writing down stupid things on their slates and she could even make out that one of
them didn t know how to spell stupid and that he had to ask his neighbour to tell him a nice
muddle their slates ll be in before the trial s over thought alice one of the jurors had a
pencil that squeaked this of course alice could not stand and she went round the court and got
behind him and very soon found an opportunity of taking it away she did it so quickly that the
poor little juror it was bill the lizard could not make out at all what had become of it so
after hunting all about for it he was obliged to write with one finger for the rest of the day
and this was of very little use as it left no mark on the slate herald read the accusation said
the king on this the white rabbit blew three blasts on the trumpet and then unrolled the
parchment scroll and read as follows the queen of hearts she made some tarts all on a summer day
the knave of hearts he stole those tarts and took them quite away consider your verdict the king
said to the jury not yet not yet the rabbit hastily interrupted there s a great deal to come
before that call the first witness said the king and the white rabbit blew three blasts on the
trumpet and called out first witness the first witness was the hatter he came in with a teacup
in one hand and a piece of bread and butter in the other i beg pardon your majesty he began for
bringing these in but i hadn t quite finished my tea when i was sent for you ought to have
finished said the king when did you begin the hatter looked at the march hare who had followed
him into the court arm in arm with the dormouse fourteenth of march i think it was he said
fifteenth said the march hare sixteenth added the dormouse write that down the king said to the
jury and the jury eagerly wrote down all three dates on their slates and then added them up and
reduced the answer to shillings and pence take off your hat the king said to the hatter it isn t
mine said the hatter stolen the king exclaimed turning to the jury who instantly made a
memorandum of the fact i keep them to sell the hatter added as an explanation i ve none of my
own i m a hatter here the queen put on her spectacles and began staring at the hatter who turned
pale and fidgeted give your evidence said the king and don t be nervous or i ll have you
executed on the spot this did not seem to encourage the witness at all he kept shifting from one
foot to the other looking uneasily at the queen and in his confusion he bit a large piece out of
his teacup instead of the bread and butter just at this moment alice felt a very curious
sensation which puzzled her a good deal until she made out what it was she was beginning to grow
larger again and she thought at first she would get up and leave the court but on second
thoughts she decided to remain where she was as long as there was room for her i wish you wouldn
t squeeze so said the dormouse who was sitting next to her i can hardly breathe i can t help it
said alice very meekly i m growing you ve no right to grow here said the dormouse don t talk
nonsense said alice more boldly you know you re growing too yes but i grow at a reasonable pace
said the dormouse not in that ridiculous fashion and he got up very sulkily and crossed over to
the other side of the court all this time the queen had never left off staring at the hatter and
just as the dormouse crossed the court she said to one of the officers of the court bring me the
list of the singers in the last concert on which the wretched hatter trembled so that he shook
both his shoes off give your evidence the king repeated angrily or i ll have you executed
whether you re nervous or not i m a poor man your majesty the hatter began in a trembling voice
and i hadn t begun my tea not above a week or so and what with the bread and butter getting so
thin and the twinkling of the tea the twinkling of the what said the king it began with the tea
the hatter replied of course twinkling begins with a t said the king sharply do you take me for
a dunce go on i m a poor man the hatter went on and most things twinkled after that only the
march hare said i didn t the march hare interrupted in a great hurry you did said the hatter i
deny it said the march hare he denies it said the king leave out that part well at any rate the
dormouse said the hatter went on looking anxiously round to see if he would deny it too but the
dormouse denied nothing being fast asleep after that continued the hatter i cut some more bread
and butter but what did the dormouse say one of the jury asked that i can t remember said the
hatter you must remember remarked the king or i ll have you executed the miserable hatter
dropped his teacup and bread and butter and went down on one knee i m a poor man your majesty he
began you re a very poor speaker said the king here one of the guinea pigs cheered and was
immediately suppressed by the officers of the court as that is rather a hard word i will just
explain to you how it was done they had a large canvas bag which tied up at the mouth with
strings into this they slipped the guinea pig head first and then sat upon it i m glad i ve seen
that done thought alice i ve so often read in the newspapers at the end of trials there was some
attempts at applause which was immediately suppressed by the officers of the court and i never
understood what it meant till now if that s all you know about it you may stand down continued
the king i can t go no lower said the hatter i m on the floor as it is then you may sit down the
king replied here the other guinea pig cheered and was suppressed come that finished the guinea
pigs thought alice now we shall get on better i d rather finish my tea said the hatter with an
anxious look at the queen who was reading the list of singers you may go said the king and the
hatter hurriedly left the court without even waiting to put his shoes on and just take his head
off outside the queen added to one of the officers but the hatter was out of sight before the
officer could get to the door call the next witness said the king the next witness was the
duchess s cook she carried the pepper box in her hand and alice guessed who it was even before
she got into the court by the way the people near the door began sneezing all at once give your
evidence said the king shan t said the cook the king looked anxiously at the white rabbit who
said in a low voice your majesty must cross examine this witness well if i must i must the king
said with a melancholy air and after folding his arms and frowning at the cook till his eyes
were nearly out of sight he said in a deep voice what are tarts made of pepper mostly said the
cook treacle said a sleepy voice behind her collar that dormouse the queen shrieked out behead
that dormouse turn that dormouse out of court suppress him pinch him off with his whiskers for
some minutes the whole court was in confusion getting the dormouse turned out and by the time
they had settled down again the cook had disappeared never mind said the king with an air of
great relief call the next witness and he added in an undertone to the queen really my dear you
must cross examine the next witness it quite makes my forehead ache alice watched the white
rabbit as he fumbled over the list feeling very curious to see what the next witness would be
like for they haven t got much evidence yet she said to herself imagine her surprise when the
white rabbit read out at the top of his shrill little voice the name alice

alice s evidence here cried alice quite forgetting in the flurry of the moment how large she had
grown in the last few minutes and she jumped up in such a hurry that she tipped over the jury
box with the edge of her skirt upsetting all the jurymen on to the heads of the crowd below and
there they lay sprawling about reminding her very much of a globe of goldfish she had
accidentally upset the week before oh i beg your pardon she exclaimed in a tone of great dismay
and began picking them up again as quickly as she could for the accident of the goldfish kept
running in her head and she had a vague sort of idea that they must be collected at once and put
back into the jury box or they would die the trial cannot proceed said the king in a very grave
voice until all the jurymen are back in their proper places all he repeated with great emphasis
looking hard at alice as he said do alice looked at the jury box and saw that in her haste she
had put the lizard in head downwards and the poor little thing was waving its tail about in a
melancholy way being quite unable to move she soon got it out again and put it right not that it
signifies much she said to herself i should think it would be quite as much use in the trial one
way up as the other as soon as the jury had a little recovered from the shock of being upset and
their slates and pencils had been found and handed back to them they set to work very diligently
to write out a history of the accident all except the lizard who seemed too much overcome to do
anything but sit with its mouth open gazing up into the roof of the court what do you know about
this business the king said to alice nothing said alice nothing whatever persisted the king
nothing whatever said alice that s very important the king said turning to the jury they were
just beginning to write this down on their slates when the white rabbit interrupted unimportant
your majesty means of course he said in a very respectful tone but frowning and making faces at
him as he spoke unimportant of course i meant the king hastily said and went on to himself in an
undertone important unimportant unimportant important as if he were trying which word sounded
best some of the jury wrote it down important and some unimportant alice could see this as she
was near enough to look over their slates but it doesn t matter a bit she thought to herself at
this moment the king who had been for some time busily writing in his note book cackled out
silence and read out from his book rule forty two all persons more than a mile high to leave the
court everybody looked at alice i m not a mile high said alice you are said the king nearly two
miles high added the queen well i shan t go at any rate said alice besides that s not a regular
rule you invented it just now it s the oldest rule in the book said the king then it ought to be
number one said alice the king turned pale and shut his note book hastily consider your verdict
he said to the jury in a low trembling voice there s more evidence to come yet please your
majesty said the white rabbit jumping up in a great hurry this paper has just been picked up
what s in it said the queen i haven t opened it yet said the white rabbit but it seems to be a
letter written by the prisoner to to somebody it must have been that said the king unless it was
written to nobody which isn t usual you know who is it directed to said one of the jurymen it
isn t directed at all said the white rabbit in fact there s nothing written on the outside he
unfolded the paper as he spoke and added it isn t a letter after all it s a set of verses are
they in the prisoner s handwriting asked another of they jurymen no they re not said the white
rabbit and that s the queerest thing about it the jury all looked puzzled he must have imitated
somebody else s hand said the king the jury all brightened up again please your majesty said the
knave i didn t write it and they can t prove i did there s no name signed at the end if you didn
t sign it said the king that only makes the matter worse you must have meant some mischief or
else you d have signed your name like an honest man there was a general clapping of hands at
this it was the first really clever thing the king had said that day that proves his guilt said
the queen it proves nothing of the sort said alice why you don t even know what they re about
read them said the king the white rabbit put on his spectacles where shall i begin please your
majesty he asked begin at the beginning the king said gravely and go on till you come to the end
then stop these were the verses the white rabbit read they told me you had been to her and
mentioned me to him she gave me a good character but said i could not swim he sent them word i
had not gone we know it to be true if she should push the matter on what would become of you i
gave her one they gave him two you gave us three or more they all returned from him to you
though they were mine before if i or she should chance to be involved in this affair he trusts
to you to set them free exactly as we were my notion was that you had been before she had this
fit an obstacle that came between him and ourselves and it don t let him know she liked them
best for this must ever be a secret kept from all the rest between yourself and me that s the
most important piece of evidence we ve heard yet said the king rubbing his hands so now let the
jury if any one of them can explain it said alice she had grown so large in the last few minutes
that she wasn t a bit afraid of interrupting him i ll give him sixpence i don t believe there s
an atom of meaning in it the jury all wrote down on their slates she doesn t believe there s an
atom of meaning in it but none of them attempted to explain the paper if there s no meaning in
it said the king that saves a world of trouble you know as we needn t try to find any and yet i
don t know he went on spreading out the verses on his knee and looking at them with one eye i
seem to see some meaning in them after all said i could not swim you can t swim can you he added
turning to the knave the knave shook his head sadly do i look like it he said which he certainly
did not being made entirely of cardboard all right so far said the king and he went on muttering
over the verses to himself we know it to be true that s the jury of course i gave her one they
gave him two why that must be what he did with the tarts you know but it goes on they all
returned from him to you said alice why there they are said the king triumphantly pointing to
the tarts on the table nothing can be clearer than that then again before she had this fit you
never had fits my dear i think he said to the queen never said the queen furiously throwing an
inkstand at the lizard as she spoke the unfortunate little bill had left off writing on his
slate with one finger as he found it made no mark but he now hastily began again using the ink
that was trickling down his face as long as it lasted then the words don t fit you said the king
looking round the court with a smile there was a dead silence it s a pun the king added in an
offended tone and everybody laughed let the jury consider their verdict the king said for about
the twentieth time that day no no said the queen sentence first verdict afterwards stuff and
nonsense said alice loudly the idea of having the sentence first hold your tongue said the queen
turning purple i won t said alice off with her head the queen shouted at the top of her voice
nobody moved who cares for you said alice she had grown to her full size by this time you re
nothing but a pack of cards at this the whole pack rose up into the air and came flying down
upon her she gave a little scream half of fright and half of anger and tried to beat them off
and found herself lying on the bank with her head in the lap of her sister who was gently
brushing away some dead leaves that had fluttered down from the trees upon her face wake up
alice dear said her sister why what a long sleep you ve had oh i ve had such a curious dream
said alice and she told her sister as well as she could remember them all these strange
adventures of hers that you have just been reading about and when she had finished her sister
kissed her and said it was a curious dream dear certainly but now run in to your tea it s
getting late so alice got up and ran off thinking while she ran as well she might what a
wonderful dream it had been but her sister sat still just as she left her leaning her head on
her hand watching the setting sun and thinking of little alice and all her wonderful adventures
till she too began dreaming after a fashion and this was her dream first she dreamed of little
alice herself and once again the tiny hands were clasped upon her knee and the bright eager eyes
were looking up into hers she could hear the very tones of her voice and see that queer little
toss of her head to keep back the wandering hair that would always get into her eyes and still
as she listened or seemed to listen the whole place around her became alive the strange
creatures of her little sister s dream the long grass rustled at her feet as the white rabbit
hurried by the frightened mouse splashed his way through the neighbouring pool she could hear
the rattle of the teacups as the march hare and his friends shared their never ending meal and
the shrill voice of the queen ordering off her unfortunate guests to execution once more the pig
baby was sneezing on the duchess s knee while plates and dishes crashed around it once more the
shriek of the gryphon the squeaking of the lizard s slate pencil and the choking of the
suppressed guinea pigs filled the air mixed up with the distant sobs of the miserable mock
turtle so she sat on with closed eyes and half believed herself in wonderland though she knew
she had but to open them again and all would change to dull reality the grass would be only
rustling in the wind and the pool rippling to the waving of the reeds the rattling teacups would
change to tinkling sheep bells and the queen s shrill cries to the voice of the shepherd boy and
the sneeze of the baby the shriek of the gryphon and all thy other queer noises would change she
knew to the confused clamour of the busy farm yard while the lowing of the cattle in the
distance would take the place of the mock turtle s heavy sobs lastly she pictured to herself how
this same little sister of hers would in the after time be herself a grown woman and how she
would keep through all her riper years the simple and loving heart of her childhood and how she
would gather about her other little children and make their eyes bright and eager with many a
strange tale perhaps even with the dream of wonderland of long ago and how she would feel with
all their simple sorrows and find a pleasure in all their simple joys remembering her own child
life and the happy summer days
`;var Ne=()=>Ce,Ie=()=>Promise.resolve();var Re=["%","percentage","points?","nats?","bits?","bytes?","[kKMG]i?B","ulp","px","pixels?","ms","seconds?","min","minutes?","hours?"];var Ot=new RegExp(`(?<=[\\d½⅓⅔¼¾∞⁰¹²³⁴⁵⁶⁷⁸⁹]) (?=(?:${Re.join("|")})(?![\\p{L}\\p{N}]))|(?<=\\b(?:ln|log)) (?=[\\d(K])|(?<=\\d) (?=± ?\\d)|(?<=\\d[  ]±) (?=\\d)|(?<=(?<![\\p{L}\\p{N}])\\p{L}) (?== [−-]?[\\d½])|(?<=(?<![\\p{L}\\p{N}])\\p{L}[  ]=) (?=[−-]?[\\d½])|(?<=\\d) (?=(?:to|–) [−-]?\\d)|(?<=\\d[  ](?:to|–)) (?=[−-]?\\d)`,"gu"),St=/\([^()]{0,9}[−+=·][^()]{0,9}\)|\((?:[+−]?(?:[\d.]{1,6}|[½⅓⅔¼¾]|[a-zA-Z])(?:, |(?=\)))){2,5}\)/gu,At=/(?<![^\s(“])[^\s–]{1,5}(?:\s[=−+·]\s[^\s–]{1,6}){1,2}(?!\S)/gu;function fe(e,t=""){let a=typeof t=="string"?t.slice(-1):"0",o=n=>n.replaceAll(" "," ");return[St,At].reduce((n,i)=>n.replace(i,o),(a+e).replace(Ot," ")).slice(a.length)}function u(e,t={},...a){let o=document.createElement(e);for(let[i,s]of Object.entries(t))i.startsWith("on")?o.addEventListener(i.slice(2),s):s===!0?v(o,{[i]:""}):s!==!1&&s!==void 0&&v(o,{[i]:s});let n=(i,s)=>typeof i=="string"?Pe(fe(i,a[s-1])):[i];return o.append(...a.flatMap(n)),o}function _e(e,t,...a){let{class:o="",...n}=t,i={class:`ce-wide ${o}`.trim(),tabindex:0,role:"group","aria-label":e};return u("div",{...i,...n},...a)}function Be(e,t,a=null){let o=e.getRootNode().activeElement;if(!e.contains(o)){t();return}let n=a&&!a.contains(o)?()=>a.getBoundingClientRect().bottom:()=>0,i=()=>o.getBoundingClientRect().top,s=i(),h=o.getBoundingClientRect().bottom>n();if(t(),!o.checkVisibility()||o.disabled){Tt(e,o)?.focus({preventScroll:!0});return}let r=l=>Math.abs(l)>=1&&scrollBy({top:l,behavior:"instant"});r(i()-s),h&&r(Math.min(0,i()-n()))}function Tt(e,t){let a=o=>!o.disabled&&o.checkVisibility();for(let o=t.parentElement;e.contains(o);o=o.parentElement){let n=[...o.querySelectorAll("button, input, summary")].find(a);if(n)return n}return null}function q(e,t){let a=fe(t);e.textContent!==a&&e.replaceChildren(...Pe(a))}var Ct={p:"is-truth",q:"is-model"};function Pe(e){return e.split(/(“[^”]*”)/).flatMap((t,a)=>a%2===1?[t]:Nt(t))}function Nt(e){return e.split(/(?<![\p{L}\p{N}_])([PpQq])(?![\p{L}\p{N}_[])/u).map((a,o)=>{if(o%2===0)return a;let n=document.createElement("span");return n.className=Ct[a.toLowerCase()],n.textContent=a,n}).filter(a=>a!=="")}function v(e,t){for(let[a,o]of Object.entries(t))o===null?e.removeAttribute(a):e.setAttribute(a,o);return e}function ae(e){return globalThis.ceSerial=(globalThis.ceSerial??0)+1,`ce-${e}-${globalThis.ceSerial}`}var It="http://www.w3.org/2000/svg";function oe(e,t={}){return v(document.createElementNS(It,e),t)}var me=new WeakMap;function L(e,t,a,o={}){me.has(e)||me.set(e,new Map);let n=me.get(e);return n.has(a)||n.set(a,e.appendChild(oe(t,{class:a}))),v(n.get(a),o)}function A(e,t,[a,o],n,i={}){return ne(L(e,"text",t,{...i,x:a,y:o}),n)}function ne(e,t){return e.textContent!==t&&(e.textContent=t),e}function O(e,t,a,o,n){let i=L(e,"g",`${a.replaceAll(" ","-")}-all`);for(;i.childElementCount>o.length;)i.lastChild.remove();for(;i.childElementCount<o.length;)i.append(oe(t,{class:a}));for(let[s,h]of o.entries())n(i.children[s],h,s);return i}function Fe(e){return String(Number(e.toPrecision(6))).replace("-","−")}function ie(e,t,a=()=>null){let[o,n,i]=[0,null,!1],s=new ResizeObserver(()=>{n=a(),o||=requestAnimationFrame(h)});function h(){o=0,t(n)}function r(){if(!i)for(let l of e)s.observe(l)}return self.ceWhole?self.ceWhole.then(r):r(),()=>{i=!0,s.disconnect(),cancelAnimationFrame(o)}}function We(e,{heightOf:t,paint:a}){let o=oe("svg",{role:"img"});e.append(o);let n=0,i=null;function s(){n===0&&(n=e.clientWidth||640);let d=t(n,i);v(o,{viewBox:`0 0 ${n} ${d}`,width:n,height:d}),a(o,i,{width:n,height:d})}function h(d){d===0||d===n||(n=d,i&&s())}let r=ie([e],h,()=>e.clientWidth);function l(d){i=d,s()}return{svg:o,show:l,close:r}}function He(){return u("p",{class:"ce-hold-hint"},"Tap where it should be, or hold and pull.")}function Ue(e){return e.split(/`([^`\n]+)`/)}function R(e){return Ue(e).map((t,a)=>{if(a%2===0)return t;let o=u("code");return o.textContent=t,o})}function De(e){return Ue(e).join("")}function Ye(e,t){let a=u("p",{},...R(t));e.textContent!==a.textContent&&e.replaceChildren(...a.childNodes)}function _(e,t=4){if(typeof e=="string")return e;if(e===1/0)return"∞";if(e===-1/0)return"−∞";if(e===0)return"0";let a=Math.abs(e);if(a>=999999.5||a<1e-4){let[n,i]=e.toExponential(t-2).split("e");return Ge(`${n}·10${_t(Number(i))}`)}let o=e.toPrecision(Ve(e,t));return Ke(Ge(o.includes("e")?e.toFixed(0):o))}function Ve(e,t){return Math.abs(e)<.1?t-1:t}function Rt(e,t=3){return e>0?`+${_(e,t)}`:_(e,t)}function B(e,t=6){let[a,...o]=_(e,t).split("·");return[a.includes(".")?a.replace(/\.?0+$/,""):a,...o].join("·")}function Xe(e,t=0){let a=Number(Number(e).toPrecision(Ve(e,4)));return Math.abs(a-e)<=t*Math.abs(e)?B(e,4):_(e)}function K(e){return Xe(e,1e-12)}function P(e){let t=Number((1/e).toPrecision(3));return e>0&&e<1e-4&&t<1/0?`1 in ${t<1e9?Ke(String(t)):B(t,4)}`:`${B(100*e,3)} %`}function Ke(e){let[t,...a]=e.split(".");return[/\d{5}/.test(t)?t.replace(/\B(?=(\d{3})+$)/g,","):t,...a].join(".")}var ye={shown:_,signed:Rt,plain:B,exact:Xe,computed:K,percent:P};function Ge(e){return e.replace("-","−")}function _t(e){let t="⁰¹²³⁴⁵⁶⁷⁸⁹";return String(e).replace(/[-\d]/g,a=>a==="-"?"⁻":t[a])}function Qe({label:e,format:t=K,...a}){let o=u("output",{class:"ce-slider-value","aria-live":"off"}),n=Bt({label:e,...a}),i=u("label",{class:"ce-slider"},u("span",{},e),o,n.el);return{el:i,update(s,h=e){n.update(s,t(s),h),q(i.firstChild,h),q(o,t(s))}}}function Bt({label:e,low:t,high:a,step:o,input:n,keep:i,back:s=n,scale:h=Pt}){let r=t,l=t,d=!1,w=u("input",{type:"range",min:h.to(t),max:h.to(a),step:o??"any","aria-label":e,oninput:()=>n(Ft(h.from(Number(w.value)),t,a)),onpointerdown:()=>{d=!0,l=i?i():r},onpointerup:()=>{d=!1},onpointercancel:()=>{d=!1,s(l)}});return{el:w,update(g,c,f=e){r=g;let m=h.to(g??t),k=d?[Number(w.min),Number(w.max)]:[h.to(t),h.to(a)];v(w,{min:Math.min(k[0],m),max:Math.max(k[1],m)}),Number(w.value)!==m&&(w.value=m),v(w,{"aria-label":f,"aria-valuetext":c})}}}var Pt={to:e=>e,from:e=>e};function Q({legend:e,options:t,input:a}){let o=ae("choice"),n=t.map(([h])=>u("input",{type:"radio",name:o,value:String(h),onchange:()=>a(h)})),i=u("fieldset",{class:"ce-choice"},u("legend",{},e),...t.map(([,h],r)=>u("label",{},n[r],u("span",{},...R(h))))),s=u("p",{class:"ce-why"});return i.append(s),{el:i,update(h,r={}){t.forEach(([l],d)=>{n[d].checked=l===h,n[d].disabled=l in r}),q(s,Object.values(r).join(" "))},only(h){t.forEach(([r],l)=>{n[l].parentElement.hidden=!h(r)})}}}function Ft(e,t,a){return Math.min(a,Math.max(t,e))}var Wt=/^([+−]?\d[\d,]*(\.\d+)?)(\s%)?$/,Ht=1e-12;function Ze(e,{alike:t=!0}={}){let a=e.map(Ut),o=Math.max(0,...a.map(n=>n?.point??0));e.forEach((n,i)=>{if(!a[i])return;let{digits:s,point:h,percent:r,exact:l}=a[i],d=n.nextElementSibling?.matches(".ce-unit")?n.nextElementSibling:null;r&&d&&q(d,"%");let w=`${h?"":"."}${"0".repeat(o)}`.slice(0,o-h),g=u("span",{class:t&&l?"ce-gap ce-zeros":"ce-gap","data-gap":w}),c=u("td",{},s,...w?[g]:[],d?"":r);n.innerHTML!==c.innerHTML&&n.replaceChildren(...c.childNodes)})}function Ut(e){let t=e.textContent.match(Wt);if(!t)return null;let[,a,o="",n=""]=t,i=Number(a.replace("−","-").replaceAll(",",""))/(n?100:1),s=Number(e.dataset.value??i);return{digits:a,point:o.length,percent:n,exact:Math.abs(i-s)<=Ht*Math.abs(s)}}var he={number:(e,t)=>pe(e,t),whole:(e,t)=>Number.isInteger(pe(e,t))?e:F("a whole number"),flag:e=>typeof e=="boolean"?e:F("true or false"),choice:(e,t)=>t.names.includes(e)?e:F(`one of ${t.names.join(", ")}`),text:(e,{symbols:t,longest:a})=>((!(typeof e=="string"&&e.length>=1&&e.length<=a)||[...e].some(n=>!t.includes(n)))&&F(`1 to ${a} of the symbols "${t}"`),e),vector:(e,t)=>((!Array.isArray(e)||e.length<t.shortest||e.length>t.longest)&&F(t.shortest===t.longest?`${t.shortest} numbers`:`${t.shortest} to ${t.longest} numbers`),e.map(a=>pe(a,t))),wholes:(e,t)=>he.vector(e,t).map(a=>he.whole(a,t)),distribution:(e,t)=>{let a=he.vector(e,t),o=a.reduce((n,i)=>n+i,0);return Math.abs(o-1)>1e-9&&F("probabilities that sum to 1"),a}};function Je(e,t){for(let[a,o]of Object.entries(t)){if(!Object.hasOwn(e.fields,a))throw new Error(`"${Yt(a)}" is not part of its state`);let n=e.fields[a];Dt(a,()=>he[n.kind](o,n))}return t}function et(e,t){return Object.keys(e.fields).map(a=>`${a}=${[t[a]].flat().map(String).join(",").replaceAll(" ","+")}`).join("&")}function Dt(e,t){try{return t()}catch(a){throw new Error(`${e} should be ${a.message}`)}}function pe(e,{low:t,high:a}){return(typeof e!="number"||!(e>=t&&e<=a))&&F(`from ${t} to ${a}`),e}function F(e){throw new Error(e)}function Yt(e){return e.length>24?`${e.slice(0,24)}…`:e}function tt(e,t){return e.replace(/\{(\w+)\}/g,(a,o)=>t[o])}var Gt=700;function at(e){return{...e,render:({model:t,el:a})=>Vt(e,t,a)}}function Vt(e,t,a){let{spec:o}=e,{names:n,get:i,set:s,arrange:h}=Xt(e,t,a),r=i(),l=u("p",{class:"ce-question"},o.question),[d,w]=["stage","act"].map(x=>u("div",{class:`ce-${x}`})),g=u("p",{class:"ce-sentence"},u("span"),u("span",{class:"ce-hint"})),c=u("div",{class:"ce-pinned"},d,w,g),f=u("div",{class:"ce-main"}),m=ea(e),k=u("div",{class:"ce-below"}),p=oa(aa(o,t.get("offers")),x=>{h(x),H()}),M=u("div",{class:"ce-controls"}),y=ta(e),b=na(e,{get:i,set:h,opening:r,model:t}),j=u("details",{class:"ce-more"},u("summary",{},"More"),M,b.el,y.el),Z=u("p",{class:"ce-spoken","aria-live":"polite"}),$=u("div",{class:"ce-frame",role:"group","aria-label":o.question});$.append(l,He(),c,f,m.el,p.el,k,j,Z),$.addEventListener("focusin",({target:x})=>v(x,{"data-lm-suppress-shortcuts":""})),a.classList.add("ce-live"),a.replaceChildren($);let T=Jt($,c),C={stage:d,act:w,main:f,below:k,more:M},E=e.build({...C,model:t,get:i,set:s,arrange:h}),J=null,[N,W]=[!1,0];function G(){N=!1;let x=e.comes?.(i());Qt(x,{root:$,sentence:g,words:o.words,again:H})||Be($,se,c)}function se(){let x={...i(),labels:Kt(t)},X=e.readout(x),$e=e.ask?.(x)??o.question;q(l,$e),v($,{"aria-label":$e}),E.update(x,X,J),m.update(x,X),y.update(x,X),b.update(x);let ze=e.describe(x,X),Ee=Zt(e,x,X),re=p.remark(x);be(g,re?{text:re}:Ee);let le=d.querySelector("svg");le&&v(le,{"aria-label":ze}),clearTimeout(W);let xt=De(re||(le?ze:Ee.text));W=setTimeout(()=>q(Z,xt),Gt)}function H(){N||queueMicrotask(G),N=!0}function V({detail:x}){J={...x,of:r},H()}let Me=()=>E.skip?.();for(let x of n)t.on(`change:${x}`,H);return a.addEventListener("ce-guess",V),a.addEventListener("ce-skip",Me),G(),clearTimeout(W),()=>{clearTimeout(W);for(let x of n)t.off(`change:${x}`,H);a.removeEventListener("ce-guess",V),a.removeEventListener("ce-skip",Me),T(),E.close?.()}}function Xt({spec:e,check:t},a,o){let n=Object.keys(e.fields),i=()=>Object.fromEntries(n.map(r=>[r,a.get(r)])),s=r=>{Je(e,r),t?.({...i(),...r});for(let[l,d]of Object.entries(r))a.set(l,d);a.save_changes()};return{names:n,get:i,set:r=>{s(r),o.dispatchEvent(new CustomEvent("ce-hand"))},arrange:s}}function Kt(e){return e.get("labels")??null}function be(e,{text:t,hint:a="",wrong:o=!1}){let[n,i]=e.children;Ye(n,t),q(i,a&&` ${a}`),e.classList.toggle("ce-wrong",o)}function Qt(e,{root:t,sentence:a,words:o,again:n}){return v(t,{"aria-busy":e?"true":null}),e?(be(a,{text:o.coming}),e.then(n,()=>{t.hasAttribute("aria-busy")&&(v(t,{"aria-busy":null}),be(a,{text:o.missing,wrong:!0}))}),!0):!1}function Zt(e,t,a){let o=(e.say??e.describe)(t,a);return typeof o=="string"?{text:o}:o}function Jt(e,t){return ie([t],o=>e.style.setProperty("--ce-pinned",`${o}px`),()=>t.offsetHeight)}function ot(e,t,a,o={}){let n=u(t,{...o,"data-quantity":a}),i=ye[e.quantities[a.replace(/\[\d+\]$/,"")].form];return{el:n,update(s){let h=String(s);n.dataset.value!==h&&(n.dataset.value=h,q(n,typeof s=="string"?s:i(s)))}}}function ke({spec:e},t,a,o){return typeof o=="string"?"":tt(e.quantities[t].unit,a)}function ea(e){let t=u("dl",{class:"ce-readouts"}),a=[];function o(n){a=n.map(i=>{let s=ot(e.spec,"span",i),h=u("span",{class:"ce-unit"}),r=u("dt",{},...R(e.spec.quantities[i].label));return{key:i,number:s,after:h,el:u("div",{},r,u("dd",{},s.el,h))}}),t.replaceChildren(...a.map(i=>i.el))}return{el:t,update(n,i){let s=e.headline instanceof Function?e.headline(n):e.headline;s.join()!==a.map(({key:h})=>h).join()&&o(s);for(let{key:h,number:r,after:l}of a)r.update(i[h]),q(l,ke(e,h,n,i[h]))}}}function ta(e){let{spec:t}=e,a=u("tbody"),o=u("thead"),n=u("tbody"),i=_e("All the numbers",{class:"ce-numbers"},u("p",{class:"ce-lead"},"All the numbers"),u("table",{class:"ce-table"},a),u("table",{class:"ce-table"},o,n)),s=new Map,h=[],r="";function l(d,w){let g=Object.keys(w),c=g.filter(y=>Array.isArray(w[y]));s.clear();let f=(y,b)=>(s.set(y,ot(t,"td",y,typeof b=="string"?{class:"ce-words"}:{})),s.get(y).el),m=g.filter(y=>!c.includes(y));a.replaceChildren(...m.map(y=>{let b=u("th",{scope:"row"},...R(t.quantities[y].label)),j=f(y);return typeof w[y]=="string"?u("tr",{},b,v(j,{colspan:2})):u("tr",{},b,j,u("td",{class:"ce-unit"},ke(e,y,d,w[y])))})),h=[m,...c.map(y=>w[y].map((b,j)=>`${y}[${j}]`))];let k=e.entries?.(d)??t.entries,p=Math.max(0,...c.map(y=>w[y].length)),M=y=>{let b=typeof w[y][0]=="string"?{class:"ce-words"}:{};return u("th",{scope:"col",...b},...R(t.quantities[y].label))};o.replaceChildren(u("tr",{},u("td"),...c.map(M))),n.replaceChildren(...Array.from({length:p},(y,b)=>u("tr",{},u("th",{scope:"row"},k[b]??String(b+1)),...c.map(j=>b<w[j].length?f(`${j}[${b}]`,w[j][b]):u("td"))))),n.parentElement.hidden=p===0}return{el:i,update(d,w){let g=([,p])=>!(e.listed&&Array.isArray(p)),c=Object.fromEntries(Object.entries(w).filter(g)),f=Object.keys(c).map(p=>ke(e,p,d,c[p])),m=p=>typeof p=="string"?"words":p.length??"",k=`${Object.entries(c).map(([p,M])=>p+m(M))}|${f}`;k!==r&&l(d,c),r=k;for(let[p,M]of Object.entries(c)){let y=b=>Array.isArray(M)?`${p}[${b}]`:p;for(let[b,j]of[M].flat().entries())s.get(y(b)).update(j)}h.forEach((p,M)=>{Ze(p.map(y=>s.get(y).el),{alike:M>0})})}}}function aa({tryThis:e},t){return t?t.map(a=>e.find(o=>o.label===a)):e}function oa(e,t){let a=null,o=e.map(i=>u("button",{type:"button",class:"ce-button",onclick:()=>{a=i,t(i.state)}},i.label)),n=i=>([s,h])=>String(i[s])===String(h);return{el:u("div",{class:"ce-try",hidden:e.length===0},u("span",{class:"ce-lead"},"Try this"),...o),remark(i){return a&&!Object.entries(a.state).every(n(i))&&(a=null),a?.notice??""}}}function na({name:e,spec:t},{get:a,set:o,opening:n,model:i}){let s=t.fields.units?Q({legend:"Units",options:t.fields.units.names.map(c=>[c,c]),input:c=>o({units:c})}):null,h=u("span",{class:"ce-told",role:"status"}),r=u("input",{class:"ce-link-text",readonly:!0,hidden:!0,"aria-label":"link"}),l=async()=>{let c=`${i.address??""}#${e}?${et(t,a())}`;try{await navigator.clipboard.writeText(c),r.hidden=!0,q(h,"Link copied.")}catch{r.hidden=!1,r.value=c,r.select();let f=document.execCommand("copy");q(h,f?"Link copied:":"Copy it from here:")}},d=u("button",{type:"button",class:"ce-quiet",onclick:()=>o(n)},"Reset"),w=u("button",{type:"button",class:"ce-quiet",onclick:l},"Copy link");return{el:u("div",{class:"ce-foot"},...s?[s.el]:[],d,w,h,r),update(c){s?.update(c.units),h.textContent&&q(h,""),r.hidden=!0}}}function nt(e,t){return de(e[t])}function it(){let e=u("span"),t=u("span",{class:"ce-spread-options"}),a=u("p",{class:"ce-guess-said ce-spread-said",hidden:!0},e,t);return{el:a,update(o,n){if(a.hidden=!o,!o)return;let{value:i,options:s,answer:h}=o,r=_(nt(i,h)/I(n),3);q(e,`Your guess, for ${r} ${n}:`),t.replaceChildren(...s.map((l,d)=>u(d===h?"b":"span",{class:"ce-spread-option",style:`--share: ${i[d]}`},`${l} ${P(i[d])}`)))}}}function ht({left:e,right:t}){let a=[],o=(r,l)=>r.right<l.left||l.right<r.left||r.bottom<l.top||l.bottom<r.top,n=r=>r.left>=e&&r.right<=t,i=r=>r.every(l=>n(l)&&a.every(d=>o(l,d))),s=r=>a.push(r);function h(r,{width:l,height:d},w=()=>!0){let g=({x:f,y:m,anchor:k})=>{let p=k==="end"?f-l:f;return{left:p,right:p+l,top:m-d/2,bottom:m+d/2}},c=r.find(f=>i([g(f)])&&w(f));return c&&s(g(c)),c}return{take:s,free:i,find:h}}function st(e,t,a,o){let n=e.map(h=>({...h})).sort((h,r)=>h.y-r.y),i=a-t;for(let h of n)h.y=Math.max(h.y,i+t),i=h.y;let s=o+t;for(let h of n.reverse())h.y=Math.min(h.y,s-t),s=h.y;return n}function ve(e,t){return ia(e,t,{to:a=>a,from:a=>a,ticks:ha})}function ia(e,t,{to:a,from:o,ticks:n}){let[i,s]=e.map(a),[h,r]=t,l=d=>h+(a(d)-i)/(s-i)*(r-h);return Object.assign(l,{domain:e,range:t,invert:d=>o(i+(d-h)/(r-h)*(s-i)),clamped:d=>Math.min(Math.max(h,r),Math.max(Math.min(h,r),l(d))),ticks:(d=5)=>n(Math.min(...e),Math.max(...e),d)})}function ha(e,t,a){let o=(t-e)/a,n=10**Math.floor(Math.log10(o)),s=[1,2,5,10].find((d,w)=>o/n<=Math.sqrt([2,10,50,100][w]))*n,h=Math.ceil(e/s-1e-9),r=Math.floor(t/s+1e-9),l=d=>s<1?d/Math.round(1/s):d*s;return Array.from({length:r-h+1},(d,w)=>l(h+w))}var{fields:wt,words:gt,constants:rt}=ge,{longest:D}=wt.text,ft=480,xe=20,qe="Press a letter above, or move the cursor, to see what the model expected there.",[mt,sa]=[24,36],yt={address:()=>Le,alice:()=>Ne()},lt={};function ra(e){return lt[e]??=Oe(yt[e]()),lt[e]}var an=at({name:"next-token",spec:ge,headline:["each","tested","gzip","total"],comes:({source:e})=>yt[e]()===null?Ie():null,readout:la,build:Ma,say:da,describe:ga});function la({order:e,text:t,smoothing:a,source:o,place:n,units:i}){let[s,h]=[ra(o),I(i)],r=Ae(s,t,e,a),l=S(r),d=ee(t,e,n),w=te(s,d,a);return{each:l/r.length/h,tested:(rt.tested[o][a][e]??1/0)/h,gzip:rt.gzip[o]*Math.LN2/h,total:l/h,perplexity:Math.exp(l/r.length),context:Y(d),seen:S(we(s,d)),expected:S(w)>0?ue(w)/h:gt.never,letters:[...t].map(dt),prices:r.map(g=>g/h),symbols:[...z].map(dt),next:w}}function Y(e){return`“${e}”`}function dt(e){return e===" "?gt.space:Y(e)}function je(e){return e===" "?"a space":Y(e)}function ut(e,t){return e<5e-4?"next to nothing":`${B(e,3)} ${t}`}function da(e,t){let{order:a,text:o}=e,n=t.prices.indexOf(1/0);if(n>=0){let[i,s]=[je(o[n]),ee(o,a,n)],h=s?`followed ${Y(s)}`:"came";return{wrong:!0,text:`In what it read, ${i} never ${h}: probability 0, so it costs ∞, and with it the whole text.`}}return`${ua(e,t)} ${wa(e,t)}`}function ua({order:e,smoothing:t},{context:a,seen:o}){return e===0?"Wherever it stands,":o===0?`It never read ${a}${ca[t]}:`:`After ${a},`}var ca={"witten-bell":", and falls back on less",add:", and takes all symbols for alike",none:""};function wa({text:e,place:t,units:a},o){let n=typeof o.expected=="number"?ut(o.expected,a):"";if(t<e.length){let[h,r]=[e[t],o.next[z.indexOf(e[t])]],l=ut(o.prices[t],a);return`${je(h)} had ${P(r)} and costs ${l}. The model expected to pay ${n}.`}let i=Math.max(...o.next);return i===0?"nothing is possible any more.":`${je(z[o.next.indexOf(i)])} is likeliest, with ${P(i)}. The model expects to pay ${n}.`}function ga({text:e,units:t},a){let o=a.prices.map((n,i)=>`${a.letters[i]} ${B(n,3)}`);return`What each letter of ${Y(e)} costs, in ${t}: ${o.join(", ")}. That is ${K(a.each)} per letter.`}function fa(e){let t=U(e);if(t==="")return"It takes a letter: above is still what you had.";let a=[],o=[...new Set(e.toLowerCase().match(/[^a-z ]/gu)??[])];if(o.length>0){let i=o.slice(0,6).map(Y).join(", "),s=o.length===1?"reads":"read";a.push(`${i}${o.length>6?" and others":""} ${s} as a space`)}/[A-Z]/.test(e)&&a.push("capitals are read as small letters"),/^ | {2}/.test(e)&&a.push("several spaces are read as one, and the first word has one before it"),t.length>D&&a.push(`only the first ${D} characters are priced`);let n=a.join("; ");return n?`${pt(n)}.`:qe}function pt(e){return e[0].toUpperCase()+e.slice(1)}function ma(e){return e<ft?348:320}function ya(e,{state:t,numbers:a,set:o,guess:n},{width:i,height:s}){let h=pa(t,a,i,s);ba(e,h),O(e,"g","nt-letter",h.cells,(l,d)=>ka(l,d,h));let r=xa(t,a,n);qa(e,r,h),O(e,"text","nt-price",h.cells,(l,d)=>va(l,d,h,r)),ja(e,t,a,h),O(e,"rect","ce-hit ce-pick",h.cells,(l,{i:d,x:w,top:g,bottom:c})=>{v(l,{x:w,y:g,width:h.slot,height:c-g}),l.onclick=()=>o({place:d<t.text.length?d:D})})}function pa({text:e,place:t,units:a},{prices:o},n,i){let s=n<ft,[h,r]=s?[1,58]:[32,112],l=[s?4:20,i-(s?118:116)],d=e.length+1,w=Math.floor((n-h-r)/(s?11.5:13)),g=Math.ceil(d/w),c=Math.ceil(d/g),f=Math.min(s?30:40,(n-h-r)/c),m=(l[1]-l[0])/g,k=Math.max(6/(I(a)/Math.LN2),...o.filter(y=>y<1/0)),p=Array.from({length:g},(y,b)=>{let j=l[0]+(b+1)*m-xe-3;return ve([0,k],[j,l[0]+b*m+(f<mt?12:18)])}),M=Array.from({length:d},(y,b)=>{let j=Math.floor(b/c);return{i:b,letter:e[b]??"?",price:o[b]??0,isEnd:b===e.length,isLooked:b===Math.min(t,e.length),y:p[j],x:h+b%c*f,top:l[0]+j*m,bottom:l[0]+(j+1)*m}});return{width:n,height:i,narrow:s,left:h,edge:n-r,area:l,slot:f,top:k,scales:p,cells:M,units:a}}function ba(e,{scales:t,left:a,edge:o,narrow:n,units:i}){let s=t.flatMap(h=>h.ticks(3).map(r=>({value:r,at:h(r)})));O(e,"g","ce-tick",s,(h,{value:r,at:l})=>{L(h,"line","ce-tick-line",{x1:a,x2:o,y1:l,y2:l});let d=n?"":Fe(r);A(h,"ce-tick-text",[a-7,l],d,{"text-anchor":"end",dy:"0.32em"})}),A(e,"ce-axis-title",[0,11],n?"":`price, ${i}`)}function ka(e,{letter:t,price:a,isEnd:o,isLooked:n,y:i,x:s,bottom:h},{slot:r,top:l}){let d=Math.min(1,a/l),w=a===1/0;e.classList.toggle("is-endless",w),e.classList.toggle("is-end",o),e.classList.toggle("is-looked",n);let[g,c]=[i(0),r>16?1.5:.75],f=w?i(0)-i(l):i(0)-i(a),m={x:s+c+1,width:Math.max(1,r-2*c-2),y:g-f,height:f};L(e,"rect","nt-bar",{...m,"fill-opacity":w?.14:.12+.5*d});let k={x:s+c,width:r-2*c,y:h-xe,height:xe-2,rx:3};L(e,"rect","nt-tile",{...k,"fill-opacity":.06+.4*d}),bt(e,t,[s+r/2,h-7],r<15)}function bt(e,t,[a,o],n){let i=n?" is-small":"";v(A(e,"nt-symbol",[a,o],t===" "?"":t),{class:`nt-symbol${i}`});let s=n?3:4,h=`M${a-s} ${o-4}v4h${2*s}v-4`;L(e,"path","nt-space",{d:t===" "?h:""})}function va(e,{price:t,isEnd:a,y:o,x:n,top:i},{slot:s,top:h},r){let l=t===1/0,d=o(l?h:t)-4,w=r.map(({value:c})=>o.clamped(c)).sort((c,f)=>f-c),g=l?d:w.reduce((c,f)=>f>c-12&&f<c+3?f-4:c,d);v(e,{x:n+s/2,y:g-10<i?d:g}),e.classList.toggle("is-endless",l),ne(e,l?"∞":a||s<mt?"":kt(t,s<sa?1:2))}function kt(e,t){return e.toFixed(e<10?t:t-1)}function xa({units:e,...t},{each:a},o){let n=Math.log(z.length)/I(e),i=vt(t,o)&&o.kind==="number"?Te(o,e):null;return[{name:"uniform",value:n},{name:"mean",value:a},{name:"your guess",value:i}].filter(({value:s})=>s!==null&&s<1/0)}function qa(e,t,{scales:a,left:o,edge:n,area:i,narrow:s}){O(e,"path","nt-level",t,(w,{name:g,value:c})=>{let f=a.map(m=>`M${o} ${m.clamped(c)}H${n}`);v(w,{class:`nt-level nt-${g.replace(" ","-")}`,d:f.join("")})});let h=t.map(w=>({...w,level:a[0].clamped(w.value),y:a[0].clamped(w.value)})),[r,l,d]=s?[31,i[0]+10,i[1]-16]:[17,i[0]+4,i[1]-6];O(e,"g","nt-level-end",st(h,r,l,d),(w,{name:g,value:c,level:f,y:m})=>{let[k,p]=[n+(s?7:12),kt(c,2)];w.classList.toggle("is-guess",g==="your guess"),L(w,"path","nt-lead",{d:`M${n} ${f}L${k-3} ${m}`});let M=g==="your guess"?"guess":g;A(w,"nt-level-name",[k,m+(s?-2:4)],s?M:`${g} ${p}`),A(w,"nt-level-value",[k,m+12],s?p:"")})}function ja(e,{order:t,text:a,place:o},{next:n,context:i,seen:s},h){let{width:r,height:l,area:d,narrow:w}=h,[g,c,f]=[w?1:32,l-20,58],m=(r-g-1)/z.length,k=Math.max(...n),p=ve([0,k||1],[c,c-f]),M=o<a.length?z.indexOf(a[o]):-1,y=t===0?"anywhere":`after ${i}`,b=`${w?"next":"what may come"} ${y}`;A(e,"nt-title",[g,d[1]+17],pt(b)+(s===0?", never read":"")),O(e,"g","nt-next",n,($,T,C)=>{let E=g+C*m;$.classList.toggle("is-came",C===M),L($,"rect","nt-chance",{x:E+1,width:m-2,y:p(T),height:c-p(T)}),bt($,z[C],[E+m/2,c+14],m<15)}),L(e,"line","nt-ground",{x1:g,x2:r-1,y1:c,y2:c});let j=ht({left:0,right:r}),Z=[...new Set([M,k>0?n.indexOf(k):-1])].filter($=>$>=0);O(e,"text","nt-percent",Z,($,T)=>{let C=P(n[T]),E=8.4*C.length+2,J=g+(T+.5)*m,N=Math.min(r-E,Math.max(g,J-E/2)),W=n.filter((H,V)=>g+(V+1)*m>N&&g+V*m<N+E),G={x:N,y:p(Math.max(...W))-8,anchor:"start"},se=j.find([G],{width:E,height:13});v($,{x:N,y:G.y+4}),ne($,se?C:""),$.classList.toggle("is-came",T===M)})}function vt(e,t){return!!t&&["order","text","smoothing","source"].every(o=>e[o]===t.of[o])}function Ma({stage:e,main:t,more:a,set:o}){let n=We(e,{heightOf:ma,paint:ya}),i=za(o),s=it();return t.append(...i.main,s.el),a.append(...i.more),{update(h,r,l){n.show({state:h,numbers:r,set:o,guess:l}),i.update(h),s.update(vt(h,l)&&l.kind==="spread"?l:null,h.units)},close:n.close}}var ct="gzip, which packs files, gets it after the same text as the model, at its highest level.",$a={address:`The test text is the tenth sentence, which the model has not read. ${ct}`,alice:`The test text is the twelfth chapter, which the model has not read. ${ct}`};function za(e){let t=La(e),a=Qe({label:"letters in view",...wt.order,step:1,format:String,input:s=>e({order:s})}),o=Q({legend:"Smoothing",options:[["witten-bell","with shorter contexts"],["add","one more of each"],["none","none"]],input:s=>e({smoothing:s})}),n=Q({legend:"It has read",options:[["address","nine sentences of the Gettysburg Address"],["alice","eleven chapters of Alice in Wonderland"]],input:s=>e({source:s})}),i=u("p",{class:"ce-why"});return{main:[...t.els,a.el],more:[o.el,n.el,i],update(s){q(i,$a[s.source]),t.update(s),a.update(s.order),o.update(s.smoothing),n.update(s.source)}}}var Ea=["ArrowLeft","ArrowRight","Home","End"];function La(e){let t=null,a=u("p",{class:"ce-why nt-note",role:"status",id:ae("note")}),o=()=>Math.min(D,U(h.value.slice(0,h.selectionEnd)).length);function n(){q(a,fa(h.value));let l=U(h.value).slice(0,D);l!==""&&(t=l,e({text:l,place:o()}))}function i(){t===U(h.value).slice(0,D)&&e({place:o()})}function s(){U(h.value)===""&&(h.value=t,q(a,qe))}let h=u("input",{class:"nt-box",type:"text",autocomplete:"off",autocapitalize:"none",spellcheck:"false","aria-describedby":a.id,oninput:n,onpointerup:i,onkeyup:({key:l})=>Ea.includes(l)&&i(),onchange:s});return{els:[u("label",{class:"nt-sentence"},u("span",{},"Your sentence"),h),a],update({text:l}){l!==t&&(t=l,h.value=l,q(a,qe))}}}export{an as default};
