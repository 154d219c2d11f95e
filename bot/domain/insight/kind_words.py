"""The words by which prompts are sorted, in the languages that the bot speaks.

Words stand in lower case and in the singular, once in all. Plurals are found by their endings;
those of German that change a vowel stand here. Words that mean another thing in the other
language ("see", "boot", "tier", "rat") are left out.
"""

from collections.abc import Mapping

from bot.domain.insight.kinds import PromptKind

SAY_ALL: Mapping[PromptKind, str] = {
    PromptKind.LETTERING: """
        logo wordmark monogram typography lettering calligraphy infographic
        schriftzug typografie kalligrafie kalligraphie
    """,
    PromptKind.ABSTRACT: """
        abstract abstraction pattern seamless tessellation fractal
        abstrakt abstrakte abstraktes abstrakter abstrakten muster fraktal mandala
    """,
}
"""What says what the whole picture is, wherever it stands."""

FRAME: Mapping[PromptKind, str] = {
    PromptKind.PEOPLE: "portrait headshot selfie porträt bildnis nahaufnahme",
    PromptKind.NATURE: "landscape scenery panorama landschaft szenerie",
    PromptKind.ABSTRACT: "wallpaper texture textur tapete",
    PromptKind.LETTERING: "poster sticker icon emblem badge banner plakat aufkleber symbol wappen",
}
"""What says how something is shown, and counts where nothing else is named."""

ENGLISH: Mapping[PromptKind, str] = {
    PromptKind.PEOPLE: """
        person people human man men woman women boy girl child children kid baby toddler teenager
        lady gentleman guy face crowd couple family mother father grandmother grandfather
        sister brother bride groom king queen prince princess emperor soldier warrior samurai
        ninja pirate cowboy viking astronaut pilot sailor doctor nurse scientist teacher student
        farmer fisherman chef dancer ballerina singer musician guitarist painter sculptor writer
        actor actress athlete boxer runner skater surfer monk nun priest detective policeman
        firefighter geisha gladiator hunter
    """,
    PromptKind.ANIMALS: """
        animal cat kitten dog puppy fox wolf wolves bear panda lion lioness tiger leopard cheetah
        lynx elephant giraffe zebra rhino rhinoceros hippo monkey gorilla ape horse pony donkey cow
        bull sheep lamb goat pig deer stag moose elk rabbit bunny hare squirrel mouse mice hamster
        hedgehog beaver otter raccoon badger bat bird owl eagle hawk falcon raven crow parrot
        sparrow swan duck goose geese chicken rooster hen peacock flamingo penguin hummingbird
        fish shark whale dolphin octopus squid jellyfish crab lobster turtle tortoise snake lizard
        gecko chameleon crocodile alligator frog toad insect butterfly bee bumblebee ant beetle
        spider dragonfly snail kangaroo koala camel llama alpaca sloth capybara corgi poodle
        husky dinosaur wildlife
    """,
    PromptKind.NATURE: """
        nature mountain hill valley canyon cliff forest jungle rainforest wood woodland tree flower
        rose tulip sunflower meadow field grass garden desert dune beach coast shore sea ocean
        wave lake river stream waterfall island volcano glacier iceberg snow storm lightning cloud
        sky sunset sunrise aurora rainbow moon star galaxy nebula planet space cosmos mushroom
        cactus fern moss leaf leaves swamp cave reef seascape
    """,
    PromptKind.BUILDINGS: """
        building architecture city town village street alley skyline skyscraper cityscape house
        home cottage cabin villa mansion palace castle fortress tower lighthouse bridge church
        cathedral temple mosque monastery pagoda shrine pyramid ruin stadium museum library
        station airport harbour harbor market shop store cafe café restaurant hotel room kitchen
        bedroom bathroom office interior windmill barn greenhouse stairway staircase
    """,
    PromptKind.FOOD: """
        food meal dish breakfast lunch dinner cake pie cookie bread sandwich burger hamburger pizza
        pasta spaghetti noodle ramen sushi soup salad steak cheese egg fruit apple banana cherry
        strawberry raspberry lemon melon watermelon grape peach pear pineapple vegetable tomato
        carrot potato pumpkin chocolate candy dessert pancake waffle croissant donut doughnut
        muffin cupcake coffee espresso tea wine beer cocktail juice lemonade honey
    """,
    PromptKind.MACHINES: """
        machine vehicle car automobile truck bus van motorcycle motorbike bicycle bike scooter
        train locomotive tram subway tractor tank plane airplane aeroplane aircraft jet helicopter
        drone rocket spaceship spacecraft starship satellite ship sailboat yacht submarine
        ferry canoe airship zeppelin robot android cyborg mecha engine gear clockwork computer
        laptop keyboard camera typewriter telescope
    """,
    PromptKind.FANTASY: """
        fantasy dragon unicorn griffin phoenix wizard witch sorcerer sorceress mage elf elves dwarf
        dwarves orc goblin troll ogre giant fairy fairies pixie mermaid merman siren centaur
        minotaur vampire werewolf zombie ghost demon devil angel monster creature beast alien
        kraken hydra golem skeleton knight paladin superhero superheroine villain
    """,
    PromptKind.ABSTRACT: """
        geometric geometry shape spiral swirl gradient kaleidoscope ornament polygon stripe
    """,
    PromptKind.LETTERING: "text word letter sign signage font slogan caption alphabet graffiti",
}
"""What English prompts are of."""

GERMAN: Mapping[PromptKind, str] = {
    PromptKind.PEOPLE: """
        mensch leute mann männer frau mädchen junge kinder baby säugling gesicht menge paar familie
        mutter vater oma opa großmutter großvater schwester bruder braut bräutigam könig königin
        prinz prinzessin kaiser soldat krieger kriegerin pirat wikinger astronautin matrose arzt
        ärztin krankenschwester lehrer lehrerin bauer bäuerin fischer koch köchin tänzer tänzerin
        sänger sängerin musiker maler malerin schauspieler sportler mönch nonne detektiv polizist
        feuerwehrmann jäger wissenschaftler
    """,
    PromptKind.ANIMALS: """
        tiere katze kater kätzchen hund welpe fuchs füchse wolf wölfe bär löwe löwin tiger elefant
        giraffe nashorn affe pferd esel kuh kühe stier schaf lamm ziege schwein hirsch reh elch
        kaninchen hase eichhörnchen maus mäuse igel biber dachs waschbär fledermaus vogel vögel
        eule adler falke rabe krähe papagei spatz schwan ente gans gänse huhn hühner hahn pfau
        pinguin fisch haifisch walfisch delfin delphin tintenfisch krake qualle krebs schildkröte
        schlange eidechse krokodil frosch frösche kröte insekt schmetterling biene hummel ameise
        käfer spinne libelle schnecke känguru kamel dinosaurier
    """,
    PromptKind.NATURE: """
        natur berg gebirge hügel schlucht klippe wald wälder dschungel urwald baum bäume
        blume blüte rosen tulpe wiese feld gras garten gärten wüste düne strand strände küste meer
        ozean welle bergsee fluss flüsse bach wasserfall insel vulkan gletscher schnee sturm blitz
        gewitter wolke himmel sonnenuntergang sonnenaufgang polarlicht regenbogen mond sterne
        galaxie weltall weltraum pilz kaktus farn moos blatt blätter sumpf höhle
    """,
    PromptKind.BUILDINGS: """
        gebäude architektur stadt städte dorf dörfer straße gasse hochhaus wolkenkratzer haus häuser
        hütte palast schloss schlösser burg festung turm türme leuchtturm brücke kirche dom
        kathedrale tempel moschee kloster pyramide ruine stadion museum bibliothek bahnhof
        flughafen hafen markt laden zimmer küche schlafzimmer büro windmühle scheune treppe
    """,
    PromptKind.FOOD: """
        essen mahlzeit gericht frühstück mittagessen abendessen kuchen torte keks brot brötchen
        nudel suppe salat käse eier obst apfel äpfel banane kirsche erdbeere himbeere zitrone
        wassermelone traube pfirsich birne ananas gemüse tomate karotte kartoffel kürbis schokolade
        nachtisch pfannkuchen waffel kaffee wein bier limonade honig wurst würste brezel
    """,
    PromptKind.MACHINES: """
        maschine fahrzeug auto lastwagen lkw motorrad fahrrad fahrräder roller eisenbahn lokomotive
        straßenbahn traktor panzer flugzeug hubschrauber rakete raumschiff satellit schiff segelboot
        ruderboot jacht fähre luftschiff roboter zahnrad zahnräder uhrwerk rechner
        schreibmaschine fernrohr kamera wagen
    """,
    PromptKind.FANTASY: """
        drache einhorn greif zauberer zauberin hexe magier elfe zwerg kobold riese feen
        meerjungfrau nixe zentaur vampir werwolf geist gespenst dämon teufel engel ungeheuer
        monster kreatur ritter superheld superheldin außerirdischer skelett
    """,
    PromptKind.ABSTRACT: "geometrisch geometrie formen spirale farbverlauf kaleidoskop streifen",
    PromptKind.LETTERING: "schrift buchstabe schild spruch zitat inschrift alphabet",
}
"""What German prompts are of. Their last parts are found in compounds: a `Bergdorf` is a `dorf`."""
